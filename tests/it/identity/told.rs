//! Documents, the inventory and the start, as they tell the credentials that callers prove themselves with.

use secure_api::{app::AppBuilder, docs::openapi_json, inventory, prelude::*};
use serde_json::{Value, json};

use super::door::{Badges, Door, Gate, Passports, door};
use crate::support::{server::START, token};

// R54: what an operation is called by is in its document, and schemes that nothing asks for are not.
#[test]
fn a_document_has_a_scheme_for_each_kind() {
    let app = door(&Badges::default(), &Clock::manual(START)).build().expect("an app that starts");
    let text = openapi_json(app.model(), "v1").expect("v1");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["oauth2"]["type"], "oauth2");
    assert_eq!(
        (&schemes["Badge"]["type"], &schemes["Badge"]["name"]),
        (&json!("apiKey"), &json!("x-badge"))
    );
    assert_eq!(schemes["Passport"]["name"], "Authorization");
    for (path, wanted) in [
        (
            "/v1/any",
            json!([{ "oauth2": ["customer"] }, { "Badge": ["customer"] }, { "Passport": ["customer"] }]),
        ),
        ("/v1/badge", json!([{ "Badge": ["customer"] }])),
        ("/v1/papers", json!([{ "Passport": ["customer"] }, { "oauth2": ["customer"] }])),
        ("/v1/both", json!([{ "oauth2": ["customer"], "Badge": ["customer"] }])),
        ("/v1/hall/inside", json!([{ "Passport": ["customer"] }])),
    ] {
        assert_eq!(document["paths"][path]["get"]["security"], wanted, "{path}");
    }
    // An API that is in no app says what it states, and access tokens where it says nothing.
    let text = openapi_json(&Gate::API.model(), "v1").expect("v1");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["paths"]["/v1/any"]["get"]["security"], json!([{ "Badge": ["customer"] }]));
}

// R102: a review sees which credentials an operation admits.
#[test]
fn the_inventory_has_the_kinds() {
    let table = inventory::routes(&Door::API.model());
    for (name, wanted) in [
        ("  badge ", "by Badge"),
        ("papers", "by Passport or Bearer"),
        ("both", "by Bearer and Badge"),
        ("inside", "by Passport"),
    ] {
        let line = table.lines().find(|line| line.contains(name)).expect(name);
        assert!(line.contains(wanted), "{line}");
    }
}

#[test]
fn an_app_has_a_source_of_each_kind() {
    let codes = |app: AppBuilder| {
        let error = app.build().expect_err("it does not start");
        error.problems().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let badges = Badges::default();
    // Two kinds are missing, each told once.
    assert_eq!(codes(Door::app().tokens(token::issuer())), ["SA165", "SA165"]);
    assert_eq!(codes(Gate::app().source(badges.clone()).source(Passports)), ["SA165"]);
    let app = Door::app().tokens(token::issuer()).source(Passports);
    assert_eq!(codes(app.source(badges.clone()).source(badges)), ["SA164"]);
}
