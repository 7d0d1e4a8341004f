//! The documents of a small API.

use std::sync::OnceLock;

use serde_json::{Value, json};

use super::{openapi, openapi_json};
use crate::{
    inventory::tests::shop::{API, LIST, ROLES, SHOW, VERSIONS, listed, route},
    route::{Api, Route},
    verb::Verb,
};

mod examples;
mod schemas;
mod served;

fn document(version: &str) -> &'static Value {
    static DOCUMENTS: OnceLock<[Value; 2]> = OnceLock::new();
    let documents = DOCUMENTS.get_or_init(|| {
        ["v1", "v2"].map(|version| {
            let text = openapi_json(&API.model(), version).expect("the version is there");
            serde_json::from_str(&text).expect("it is JSON")
        })
    });
    &documents[usize::from(version == "v2")]
}

/// Follows a reference in a document.
fn followed<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let Some(reference) = value["$ref"].as_str() else { return value };
    document.pointer(reference.trim_start_matches('#')).expect("the reference leads somewhere")
}

fn response(version: &str, path: &str, verb: &str, status: &str) -> &'static Value {
    let document = document(version);
    followed(document, &document["paths"][path][verb]["responses"][status])
}

fn statuses(version: &str, path: &str, verb: &str) -> Vec<String> {
    let responses = document(version)["paths"][path][verb]["responses"].as_object();
    responses.expect("the operation is there").keys().cloned().collect()
}

// R118: the statuses are those that the pipeline and the handler can answer with.
#[test]
fn an_operation_documents_what_it_can_be_refused_with() {
    let common = "400 401 403 406 412 414 421 429 431 500 503";
    let of = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(statuses("v2", "/v2/orders", "get"), of(&format!("200 304 {common}")));
    assert_eq!(
        statuses("v1", "/v1/orders", "get"),
        of("200 304 400 401 403 406 410 412 414 421 429 431 500 503")
    );
    assert_eq!(
        statuses("v2", "/v2/orders/{order}", "delete"),
        of("204 400 401 403 404 406 412 414 421 429 431 500 503")
    );
    assert_eq!(
        statuses("v2", "/v2/orders", "post"),
        of("201 400 401 403 406 408 409 412 413 414 415 421 422 429 431 500 503")
    );
    assert_eq!(
        statuses("v2", "/v2/rates/{currency}", "get"),
        of("200 304 400 401 404 406 412 414 421 429 431 500 503"),
        "public: nobody is forbidden to call it"
    );
}

// R72, R75
#[test]
fn a_refusal_is_a_problem_document_with_its_types_as_examples() {
    let conflict = response("v2", "/v2/orders", "post", "409");
    let content = &conflict["content"]["application/problem+json"];
    assert_eq!(content["schema"]["$ref"], "#/components/schemas/Problem");
    assert_eq!(
        content["examples"]["out-of-stock"]["value"],
        json!({ "type": "urn:problem-type:shop:out-of-stock", "title": "Out of stock", "status": 409 })
    );
    let invalid = response("v2", "/v2/orders", "get", "400");
    let examples = &invalid["content"]["application/problem+json"]["examples"];
    assert!(
        examples["malformed"].is_object() && examples["invalid-query"].is_object(),
        "{examples}"
    );
    let malformed = response("v2", "/v2/orders", "post", "400");
    let examples = &malformed["content"]["application/problem+json"]["examples"];
    assert!(examples["invalid-query"].is_object(), "a parameter that is not there: {examples}");
}

// R76
#[test]
fn responses_have_the_headers_that_go_with_their_status() {
    let has = |path: &str, verb: &str, status: &str, header: &str| {
        response("v1", path, verb, status)["headers"][header].is_object()
    };
    for (status, header) in [
        ("429", "Retry-After"),
        ("503", "Retry-After"),
        ("401", "WWW-Authenticate"),
        ("415", "Accept"),
        ("201", "Location"),
    ] {
        assert!(has("/v1/orders", "post", status, header), "{status} has {header}");
    }
    for status in statuses("v1", "/v1/orders", "post") {
        for header in [
            "RateLimit",
            "RateLimit-Policy",
            "X-Request-Id",
            "Access-Control-Allow-Origin",
            "Deprecation",
            "Sunset",
            "Link",
        ] {
            assert!(has("/v1/orders", "post", &status, header), "{status} has {header}");
        }
    }
    let current = response("v2", "/v2/orders", "post", "201");
    assert!(current["headers"]["Deprecation"].is_null(), "v2 is not deprecated");
    let sunset = &document("v1")["components"]["headers"]["Sunset"]["schema"]["enum"];
    assert_eq!(*sunset, json!(["Sun, 01 Jun 2036 00:00:00 GMT"]));
}

// R100
#[test]
fn operations_of_a_deprecated_version_say_so() {
    let operation = &document("v1")["paths"]["/v1/orders"]["get"];
    assert_eq!(operation["deprecated"], true);
    assert_eq!(operation["x-sunset"], "2036-06-01");
    let text = document("v1")["info"]["description"].as_str().unwrap_or_default();
    assert!(
        text.contains("deprecated from 2026-06-01")
            && text.contains("https://shop.example/migrate"),
        "{text}"
    );
    let operation = &document("v2")["paths"]["/v2/orders"]["get"];
    assert!(operation["deprecated"].is_null() && operation["x-sunset"].is_null());
}

#[test]
fn a_version_has_its_own_operations_only() {
    assert!(document("v1")["paths"]["/v1/orders/{order}"]["delete"].is_null());
    assert!(document("v2")["paths"]["/v2/orders/{order}"]["delete"].is_object());
    let paths = document("v1")["paths"].as_object().expect("paths");
    assert_eq!(
        paths.keys().collect::<Vec<_>>(),
        ["/v1/orders", "/v1/orders/{order}", "/v1/rates/{currency}"]
    );
    assert!(openapi(&API.model(), 2).is_none() && openapi_json(&API.model(), "v3").is_none());
}

#[test]
fn security_has_an_empty_alternative_where_public() {
    let security = |path: &str, verb: &str| document("v2")["paths"][path][verb]["security"].clone();
    assert_eq!(security("/v2/orders", "get"), json!([{ "Bearer": [] }]));
    // Which roles is said beside: to most tools names in a scheme without scopes are scopes that are missing.
    assert_eq!(security("/v2/orders/{order}", "delete"), json!([{ "Bearer": [] }]));
    let deletion = &document("v2")["paths"]["/v2/orders/{order}"]["delete"];
    assert_eq!(deletion["x-required-roles"], json!(["admin", "auditor"]));
    assert_eq!(security("/v2/rates/{currency}", "get"), json!([{}]));
    let public = &document("v2")["paths"]["/v2/rates/{currency}"]["get"];
    assert_eq!(public["x-public-reason"], "prices are on the website too");
    let scheme = &document("v2")["components"]["securitySchemes"]["Bearer"];
    assert_eq!((&scheme["type"], &scheme["scheme"]), (&json!("http"), &json!("bearer")));
    let text = scheme["description"].as_str().expect("a description");
    for told in ["RFC8725", "- `customer`: The role Customer. Included in: support, admin."] {
        assert!(text.contains(told), "{told} in {text}");
    }
}

// R109
#[test]
fn each_view_is_a_schema_and_says_who_sees_it() {
    let shown = response("v2", "/v2/orders/{order}", "get", "200");
    assert_eq!(
        shown["content"]["application/json"]["schema"],
        json!({ "anyOf": [
            { "$ref": "#/components/schemas/OrderAudit", "description": "For admin." },
            { "$ref": "#/components/schemas/OrderSummary", "description": "For everybody else." },
            { "$ref": "#/components/schemas/OrderAuditPart", "description": "For admin, by `fields`." },
            { "$ref": "#/components/schemas/OrderSummaryPart", "description": "For everybody else, by `fields`." },
        ]})
    );
    let schemas = &document("v2")["components"]["schemas"];
    assert_eq!(schemas["OrderAudit"]["x-view-audience"], json!(["admin"]));
    assert!(schemas["OrderSummary"]["properties"]["margin"].is_null());
    assert!(schemas["OrderAudit"]["properties"]["margin"].is_object());
    // R106: who asks for some of the fields gets an object without the others.
    let (whole, part) = (&schemas["OrderAudit"], &schemas["OrderAuditPart"]);
    assert_eq!((&part["properties"], &part["required"]), (&whole["properties"], &Value::Null));
    assert_eq!(part["additionalProperties"], json!(false));
    // What is written is no narrowing.
    let created = response("v2", "/v2/orders", "post", "201");
    let schema = &created["content"]["application/json"]["schema"];
    assert_eq!(*schema, json!({ "$ref": "#/components/schemas/OrderSummary" }));
}

#[test]
fn a_page_is_an_object_with_a_bounded_list() {
    let listed = response("v2", "/v2/orders", "get", "200");
    assert_eq!(
        listed["content"]["application/json"]["schema"],
        json!({
            "type": "object",
            "required": ["items"],
            "properties": {
                "items": {
                    "type": "array",
                    "items": { "anyOf": [
                        { "$ref": "#/components/schemas/OrderSummary" },
                        { "$ref": "#/components/schemas/OrderSummaryPart" },
                    ]},
                    "maxItems": 100,
                },
            },
            "additionalProperties": false,
        })
    );
}

#[test]
fn parameters_and_bodies_come_from_the_inputs() {
    let listing = &document("v2")["paths"]["/v2/orders"]["get"]["parameters"];
    assert_eq!(
        listing[0],
        json!({
            "name": "status",
            "in": "query",
            "required": false,
            "schema": { "type": "string", "enum": ["open", "paid"] },
            "example": "open",
        })
    );
    // R106: what every operation that shows a view takes besides.
    assert_eq!(listing.as_array().map(Vec::len), Some(4));
    for (place, name, within) in
        [(1, "fields", "query"), (2, "If-Match", "header"), (3, "If-None-Match", "header")]
    {
        let parameter = &listing[place];
        assert_eq!((&parameter["name"], &parameter["in"]), (&json!(name), &json!(within)));
        assert_eq!(parameter["required"], json!(false));
    }
    // What is chosen among is listed.
    let fields = &listing[1];
    assert_eq!((&fields["style"], &fields["explode"]), (&json!("form"), &json!(false)));
    assert_eq!(fields["schema"]["type"], "array");
    let shown = &document("v2")["components"]["schemas"]["OrderSummary"]["properties"];
    let shown: Vec<_> = shown.as_object().expect("fields").keys().collect();
    assert_eq!(fields["schema"]["items"]["enum"], json!(shown));
    let showing = &document("v2")["paths"]["/v2/orders/{order}"]["get"]["parameters"][0];
    assert_eq!(
        (&showing["name"], &showing["in"], &showing["required"]),
        (&json!("order"), &json!("path"), &json!(true))
    );
    // A path has one text for each object: in upper case it names none.
    assert_eq!(showing["schema"]["format"], "uuid");
    let pattern = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
    assert_eq!(showing["schema"]["pattern"], pattern);
    let body = &document("v2")["paths"]["/v2/orders"]["post"]["requestBody"];
    assert_eq!(body["required"], true);
    assert_eq!(
        body["content"]["application/json"]["schema"]["$ref"],
        "#/components/schemas/NewOrder"
    );
}

#[test]
fn operations_of_one_name_are_told_apart_by_their_module() {
    static OTHER: Route =
        Route { module: "shop::stock", ..route("list_orders", Verb::Get, "/stock") };
    static TWO: Api = Api {
        name: "Two",
        description: "",
        roles: &ROLES,
        versions: &VERSIONS,
        limits: &[],
        by: crate::identity::By::Unstated,
        outage: None,
        tenants: false,
        allowed: &[],
        routes: &[&[listed(&LIST), listed(&OTHER), listed(&SHOW)]],
    };
    let document: Value =
        serde_json::from_str(&openapi_json(&TWO.model(), "v2").expect("v2")).expect("JSON");
    let id = |path: &str| document["paths"][path]["get"]["operationId"].clone();
    assert_eq!(id("/v2/orders"), "orders_list_orders");
    assert_eq!(id("/v2/stock"), "stock_list_orders");
    assert_eq!(id("/v2/orders/{order}"), "get_order");
}

#[test]
fn a_document_is_the_same_text_each_time() {
    let texts: Vec<_> = (0..8).map(|_| openapi_json(&API.model(), "v1")).collect();
    assert!(texts.windows(2).all(|pair| pair[0] == pair[1]));
}
