//! The documents of a small API.

use std::sync::OnceLock;

use http::HeaderValue;
use serde_json::{Value, json};

use super::{Docs, documents, openapi, openapi_json, schema::Schemas};
use crate::{
    inventory::{
        self, ApiModel, LimitModel, Settings,
        tests::{
            of_shapes,
            shop::{
                API, LIST, NEW_ITEM, ROLES, SHOW, VERSIONS, field, listed, optional, route, text,
            },
        },
    },
    limit,
    route::{Api, Route},
    shape::{FieldShape, ObjectShape, Shape, UnionShape},
    verb::Verb,
};

/// Serves the small API with these documents.
fn served(docs: &Docs) -> ApiModel {
    let settings = Settings {
        hosts: Vec::new(),
        address_limit: LimitModel::from(&limit::Limit::per_address(1).per_second()),
        limit_scale: 1,
        body_limit: 1,
        deadline_seconds: 1.0,
        issuers: Vec::new(),
        previews: Vec::new(),
        docs: docs.settings().clone(),
    };
    ApiModel { settings: Some(settings), ..API.model() }
}

/// Returns a shape as a document has it.
fn made(shape: &Shape) -> Value {
    let (schemas, model) = of_shapes(std::slice::from_ref(shape));
    serde_json::to_value(Schemas::new(&model, 0).of(&schemas[0])).expect("JSON")
}

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
    let common = "400 401 403 406 421 429 500 503";
    let of = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(statuses("v2", "/v2/orders", "get"), of(&format!("200 304 {common}")));
    assert_eq!(
        statuses("v1", "/v1/orders", "get"),
        of("200 304 400 401 403 406 410 421 429 500 503")
    );
    assert_eq!(
        statuses("v2", "/v2/orders/{order}", "delete"),
        of("204 400 401 403 404 406 421 429 500 503")
    );
    assert_eq!(
        statuses("v2", "/v2/orders", "post"),
        of("201 400 401 403 406 408 409 413 415 421 422 429 500 503")
    );
    assert_eq!(
        statuses("v2", "/v2/rates/{currency}", "get"),
        of("200 304 400 401 404 406 421 429 500 503"),
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
        for header in
            ["RateLimit", "RateLimit-Policy", "X-Request-Id", "Deprecation", "Sunset", "Link"]
        {
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

// R34, R41
#[test]
fn security_lists_the_least_roles_and_an_empty_alternative_where_public() {
    let security = |path: &str, verb: &str| document("v2")["paths"][path][verb]["security"].clone();
    assert_eq!(security("/v2/orders", "get"), json!([{ "oauth2": ["customer"] }]));
    assert_eq!(
        security("/v2/orders/{order}", "delete"),
        json!([{ "oauth2": ["admin"] }, { "oauth2": ["auditor"] }]),
        "either is enough"
    );
    assert_eq!(security("/v2/rates/{currency}", "get"), json!([{}]));
    let public = &document("v2")["paths"]["/v2/rates/{currency}"]["get"];
    assert_eq!(public["x-public-reason"], "prices are on the website too");
    let scheme = &document("v2")["components"]["securitySchemes"]["oauth2"];
    let flow = &scheme["flows"]["authorizationCode"];
    assert_eq!(flow["scopes"]["customer"], "The role Customer. Included in: support, admin.");
    assert!(flow["refreshUrl"].is_string());
    assert!(scheme["description"].as_str().is_some_and(|text| text.contains("RFC8725")));
}

#[test]
fn the_issuer_is_named_where_it_is_known() {
    let docs = Docs::open("tests")
        .issuer("https://login.example/authorize", "https://login.example/token");
    let served = documents(&served(&docs));
    let text = String::from_utf8_lossy(&served[0].body);
    assert!(text.contains("https://login.example/token") && !text.contains("issuer.invalid"));
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
        ]})
    );
    let schemas = &document("v2")["components"]["schemas"];
    assert_eq!(schemas["OrderAudit"]["x-view-audience"], json!(["admin"]));
    assert!(schemas["OrderSummary"]["properties"]["margin"].is_null());
    assert!(schemas["OrderAudit"]["properties"]["margin"].is_object());
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
                    "items": { "$ref": "#/components/schemas/OrderSummary" },
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
        })
    );
    // R106: what every operation that shows a view takes besides.
    assert_eq!(listing.as_array().map(Vec::len), Some(3));
    for (place, name, within) in [(1, "fields", "query"), (2, "If-None-Match", "header")] {
        let parameter = &listing[place];
        assert_eq!((&parameter["name"], &parameter["in"]), (&json!(name), &json!(within)));
        assert_eq!(parameter["required"], json!(false));
    }
    let showing = &document("v2")["paths"]["/v2/orders/{order}"]["get"]["parameters"][0];
    assert_eq!(
        (&showing["name"], &showing["in"], &showing["required"]),
        (&json!("order"), &json!("path"), &json!(true))
    );
    assert_eq!(showing["schema"]["format"], "uuid");
    let body = &document("v2")["paths"]["/v2/orders"]["post"]["requestBody"];
    assert_eq!(body["required"], true);
    assert_eq!(
        body["content"]["application/json"]["schema"]["$ref"],
        "#/components/schemas/NewOrder"
    );
}

/// Returns the place that a reference to a named schema leads to.
fn reference<'a>(schemas: &mut Schemas<'a>, value: &'a inventory::Schema) -> String {
    let inventory::Schema::Named(id) = value else { panic!("{value:?} has no name") };
    schemas.named(id).ref_location
}

// R79, R80: what is documented is bounded and closed.
#[test]
fn shapes_become_schemas() {
    let check = |shape: Shape, schema: Value| {
        assert_eq!(made(&shape), schema, "{shape:?}");
    };
    check(Shape::Boolean, json!({ "type": "boolean" }));
    check(
        Shape::Integer { minimum: 1, maximum: 1000 },
        json!({ "type": "integer", "format": "int32", "minimum": 1, "maximum": 1000 }),
    );
    check(
        Shape::Integer { minimum: 0, maximum: u64::MAX.into() },
        json!({ "type": "integer", "format": "uint64", "minimum": 0, "maximum": u64::MAX }),
    );
    check(
        Shape::Integer { minimum: i64::MIN.into(), maximum: 0 },
        json!({ "type": "integer", "format": "int64", "minimum": i64::MIN, "maximum": 0 }),
    );
    check(
        Shape::Number { minimum: -1.5, maximum: 2.5 },
        json!({ "type": "number", "format": "double", "minimum": -1.5, "maximum": 2.5 }),
    );
    check(text(9), json!({ "type": "string", "format": "text", "maxLength": 9 }));
    check(
        Shape::Text { min_length: 1, max_length: 9, pattern: Some("a|b"), format: None },
        json!({ "type": "string", "minLength": 1, "maxLength": 9, "pattern": "^(?:a|b)$" }),
    );
    check(
        optional(Shape::Choice(&["a", "b"])),
        json!({ "type": ["string", "null"], "enum": ["a", "b", null] }),
    );
    check(
        optional(Shape::List { item: Box::new(Shape::Boolean), min_items: 0, max_items: 3 }),
        json!({ "type": ["array", "null"], "items": { "type": "boolean" }, "maxItems": 3 }),
    );
    check(
        Shape::Map { value: Box::new(Shape::Boolean), max_properties: 3 },
        json!({ "type": "object", "additionalProperties": { "type": "boolean" }, "maxProperties": 3 }),
    );
    check(
        optional(Shape::Object(NEW_ITEM)),
        json!({ "oneOf": [{ "$ref": "#/components/schemas/NewItem" }, { "type": "null" }] }),
    );
}

#[test]
fn an_object_is_closed_and_says_what_is_required() {
    assert_eq!(
        document("v2")["components"]["schemas"]["NewOrder"],
        json!({
            "type": "object",
            "description": "What an order is made of.",
            "required": ["customer_email", "items"],
            "properties": {
                "customer_email": {
                    "type": "string",
                    "format": "email",
                    "description": "Where the receipt goes.",
                    "minLength": 3,
                    "maxLength": 254,
                },
                "note": { "type": ["string", "null"], "format": "text", "maxLength": 500 },
                "items": {
                    "type": "array",
                    "items": { "$ref": "#/components/schemas/NewItem" },
                    "minItems": 1,
                    "maxItems": 50,
                },
            },
            "additionalProperties": false,
        })
    );
}

// R109: also where a union is inside of itself.
#[test]
fn a_union_is_one_of_its_objects_by_the_tag() {
    fn delivery(tag: &'static str) -> Shape {
        let next = ObjectShape {
            name: "DeliveryNext",
            description: "",
            fields: || {
                let next = optional(delivery("kind"));
                vec![FieldShape::tag("kind", "next"), field("next", next, true)]
            },
        };
        let variants = vec![("by-post", NEW_ITEM), ("next", next)];
        Shape::Union(UnionShape { name: "Delivery", description: "How.", tag, variants })
    }
    let at = |name: &str| format!("#/components/schemas/{name}");
    let (values, model) = of_shapes(&["kind", "kind", "sort"].map(delivery));
    let mut schemas = Schemas::new(&model, 0);
    let references: Vec<_> = values.iter().map(|value| reference(&mut schemas, value)).collect();
    assert_eq!(references, [at("Delivery"), at("Delivery"), at("Delivery_2")]);
    let made = serde_json::to_value(schemas.into_components()).expect("JSON");
    assert_eq!(
        made["Delivery"],
        json!({
            "description": "How.",
            "oneOf": [{ "$ref": at("NewItem") }, { "$ref": at("DeliveryNext") }],
            "discriminator": {
                "propertyName": "kind",
                "mapping": { "by-post": at("NewItem"), "next": at("DeliveryNext") },
            },
        })
    );
    let next = &made["DeliveryNext"]["properties"];
    assert_eq!(next["kind"], json!({ "type": "string", "const": "next" }));
    assert_eq!(next["next"]["oneOf"][0], json!({ "$ref": at("Delivery") }));
    assert_eq!(made.as_object().map(serde_json::Map::len), Some(4));
}

#[test]
fn a_bound_is_that_of_the_outer_list() {
    let numbers = || Shape::List { item: Box::new(Shape::Boolean), min_items: 0, max_items: 9 };
    let bounded = |shape: Shape| made(&shape.at_most(2));
    let list = Shape::List { item: Box::new(numbers()), min_items: 0, max_items: 9 };
    let made = bounded(optional(list));
    assert_eq!((&made["maxItems"], &made["items"]["maxItems"]), (&json!(2), &json!(9)));
    let map = Shape::Map { value: Box::new(numbers()), max_properties: 9 };
    let made = bounded(map);
    assert_eq!(made["maxProperties"], 2);
    assert_eq!(bounded(Shape::Boolean), json!({ "type": "boolean" }));
}

#[test]
fn two_types_of_one_name_get_a_schema_each() {
    let other = ObjectShape {
        name: "NewItem",
        description: "",
        fields: || vec![field("sku", Shape::Boolean, true)],
    };
    let again = ObjectShape { fields: || (NEW_ITEM.fields)(), ..NEW_ITEM };
    let (values, model) = of_shapes(&[NEW_ITEM, other, again].map(Shape::Object));
    let mut schemas = Schemas::new(&model, 0);
    let references: Vec<_> = values.iter().map(|value| reference(&mut schemas, value)).collect();
    let at = |name: &str| format!("#/components/schemas/{name}");
    assert_eq!(references, [at("NewItem"), at("NewItem_2"), at("NewItem")]);
    assert_eq!(schemas.into_components().len(), 2);
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

// R102
#[test]
fn documents_are_served_only_where_that_was_said() {
    assert!(documents(&served(&Docs::off())).is_empty());
    assert_eq!(documents(&served(&Docs::while_developing())).is_empty(), !cfg!(debug_assertions));
    let served = documents(&served(&Docs::open("tests")));
    let at = |path: &str| served.iter().find(|document| document.path == path);
    let v1 = at("/openapi/v1.json").expect("v1 is served");
    assert_eq!(v1.content_type, "application/json");
    assert!(v1.content_security_policy.is_none());
    assert!(at("/openapi/v2.json").is_some());
}

#[cfg(feature = "docs-ui")]
#[test]
fn the_page_loads_nothing_from_elsewhere_and_runs_nothing_inline() {
    let served = documents(&served(&Docs::open("tests")));
    let at = |path: &str| served.iter().find(|document| document.path == path).expect(path);
    for path in [
        "swagger-ui.css",
        "swagger-ui-bundle.js",
        "swagger-ui-standalone-preset.js",
        "favicon-16x16.png",
        "favicon-32x32.png",
        "page.css",
        "page.js",
    ] {
        assert!(!at(&format!("/docs/{path}")).body.is_empty());
    }
    for (path, folder) in [("/docs", "docs/"), ("/docs/", "")] {
        let page = at(path);
        let html = String::from_utf8_lossy(&page.body);
        assert!(html.contains("<title>Shop</title>"), "{html}");
        assert!(html.contains(&format!("src=\"{folder}page.js\"")), "{html}");
        for foreign in ["http:", "https:", "//", "{{", "<script>", "onload=", "style="] {
            assert!(!html.contains(foreign), "{path} has {foreign}");
        }
        let policy = page.content_security_policy.as_ref().and_then(|policy| policy.to_str().ok());
        let policy = policy.expect("the page has a policy");
        assert!(policy.contains("script-src 'self';"), "{policy}");
        for loose in ["http", "unsafe", "*"] {
            assert!(!policy.contains(loose), "{policy}");
        }
    }
    let script = String::from_utf8_lossy(&at("/docs/page.js").body).into_owned();
    assert!(
        script.contains(r#"[{"name":"Shop v2","url":"../openapi/v2.json"},{"name":"Shop v1""#),
        "{script}"
    );
    assert_eq!(
        at("/docs/page.js").content_type,
        HeaderValue::from_static("text/javascript; charset=utf-8")
    );
}
