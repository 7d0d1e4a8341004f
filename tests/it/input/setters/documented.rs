//! Documents and lists, which say who may set a field.

use super::*;

// R42 R118
// R101 in part
#[test]
fn document_and_inventory_say_who_may_set_a_field() {
    let model = Desk::API.model();
    let text = openapi_json(&model, "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let schemas = &document["components"]["schemas"];
    let urgency = &schemas["Ticket"]["properties"]["urgency"];
    assert_eq!(urgency["x-required-roles"], json!(["support"]));
    let description = "The urgency.\n\nOnly a caller with the role `support` may set it.";
    assert_eq!(urgency["description"], description);
    let refund = &schemas["Ticket"]["properties"]["refund"];
    assert_eq!(refund["x-required-roles"], json!(["admin", "auditor"]));
    assert_eq!(
        refund["description"],
        "Only a caller with the role `admin` or `auditor` may set it."
    );
    for (schema, field) in [
        ("Ticket", "hidden"),
        ("Line", "price"),
        ("WayMail", "free"),
        ("Change", "note"),
        ("Scan", "label"),
    ] {
        let property = &schemas[schema]["properties"][field];
        assert!(property["x-required-roles"].is_array(), "{schema}.{field}: {property}");
    }
    assert!(schemas["Line"]["properties"]["qty"]["x-required-roles"].is_null());
    let parameters = document["paths"]["/v1/searches"]["post"]["parameters"].as_array();
    let all = parameters.expect("parameters").iter().find(|parameter| parameter["name"] == "all");
    assert_eq!(all.expect("it is there")["x-required-roles"], json!(["admin"]));

    let listed = |name: &str| {
        let operation = model.operations.iter().find(|operation| operation.name == name);
        let fields = model.input_fields(operation.expect("it is listed"));
        let restricted = fields.filter(|(_, field)| !field.set_by.is_empty());
        restricted.map(|(input, field)| format!("{input}.{}", field.name)).collect::<Vec<_>>()
    };
    assert_eq!(
        listed("open"),
        ["Ticket.urgency", "Ticket.refund", "Ticket.hidden", "Line.price", "WayMail.free"]
    );
    assert_eq!(listed("search"), ["Flat.all"]);
    assert_eq!(listed("change"), ["Change.note", "Line.price"]);
    let text = inventory::routes(&model);
    assert!(text.contains("Ticket.refund set by admin | auditor only"), "{text}");
}
