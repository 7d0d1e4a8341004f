//! Documents, the inventory and the start, as they tell the credentials that callers prove themselves with.

mod conditions;

use std::marker::PhantomData;

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    inventory,
    prelude::*,
};
use serde_json::{Value, json};

use super::door::{Badge, Badges, Door, Gate, Passport, Passports, door};
use crate::support::{
    model::{Role, Version},
    server::START,
    token,
};

// R54: what an operation is called by is in its document, and schemes that nothing asks for are not.
#[test]
fn a_document_has_a_scheme_for_each_kind() {
    let app = door(&Badges::default(), &Clock::manual(START)).build().expect("an app that starts");
    let text = openapi_json(app.model(), "v1").expect("v1");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["Bearer"]["type"], "http");
    assert_eq!(
        (&schemes["Badge"]["type"], &schemes["Badge"]["name"]),
        (&json!("apiKey"), &json!("x-badge"))
    );
    assert_eq!(schemes["Passport"]["name"], "Authorization");
    for (path, wanted) in [
        ("/v1/any", json!([{ "Bearer": [] }, { "Badge": [] }, { "Passport": [] }])),
        ("/v1/badge", json!([{ "Badge": [] }])),
        ("/v1/papers", json!([{ "Passport": [] }, { "Bearer": [] }])),
        ("/v1/both", json!([{ "Bearer": [], "Badge": [] }])),
        ("/v1/hall/inside", json!([{ "Passport": [] }])),
    ] {
        assert_eq!(document["paths"][path]["get"]["security"], wanted, "{path}");
    }
    // An API that is in no app says what it states, and access tokens where it says nothing.
    let text = openapi_json(&Gate::API.model(), "v1").expect("v1");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["paths"]["/v1/any"]["get"]["security"], json!([{ "Badge": [] }]));
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
    assert_eq!(codes(app.source(badges.clone()).source(badges.clone())), ["SA164"]);
    // Without any source it is what is stated that is missing, and a source with a mistake is not missing besides.
    assert_eq!(codes(Gate::app()), ["SA165", "SA165", "SA165"]);
    let unsound = Issuer::new("https://login.depot.example");
    assert_eq!(
        codes(Gate::app().tokens(unsound).source(badges.clone()).source(Passports)),
        ["SA151", "SA152"]
    );
    // Of one header, of one name in another case, and one that browsers send.
    let gate = || Gate::app().tokens(token::issuer()).source(badges.clone()).source(Passports);
    assert_eq!(codes(gate().source(Other::<SameHeader>::new())), ["SA164"]);
    assert_eq!(codes(gate().source(Other::<SameName>::new())), ["SA164"]);
    assert_eq!(codes(gate().source(Other::<Cookie>::new())), ["SA168"]);
    // What is called the same and stands elsewhere is another kind: whoever admits badges admits no such thing.
    let elsewhere = Gate::app().tokens(token::issuer()).source(Passports);
    assert_eq!(codes(elsewhere.source(Other::<Elsewhere>::new())), ["SA165"]);
}

/// A source of some kind.
struct Other<K>(PhantomData<fn() -> K>);

impl<K> Other<K> {
    fn new() -> Self {
        Self(PhantomData)
    }
}

impl<K: Credential> Source for Other<K> {
    type Kind = K;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Err(Refused::invalid("nobody"))
    }
}

enum SameHeader {}

impl Credential for SameHeader {
    const KIND: Kind = Kind::header("Other", "x-badge");
}

enum SameName {}

impl Credential for SameName {
    const KIND: Kind = Kind::authorization("bearer");
}

enum Elsewhere {}

impl Credential for Elsewhere {
    const KIND: Kind = Kind::authorization("badge");
}

enum Cookie {}

impl Credential for Cookie {
    const KIND: Kind = Kind::header("Cookie", "cookie");
}

/// Demands two schemes.
#[delete("/two", version = Version::V1.., role = Role::Customer, by = all(Bearer, Passport))]
async fn two() -> NoContent {
    NoContent
}

/// Begins.
#[post("/first", version = Version::V1.., role = Role::Customer, by = Bearer)]
async fn first() -> Accepted {
    Accepted
}

/// Goes on, also for those who could not begin.
#[post("/second", version = Version::V1.., role = Role::Customer, by = [Bearer, Badge],
       after(first, within = Duration::from_secs(60)))]
async fn second() -> Accepted {
    Accepted
}

/// Doors that somebody could never open.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, unused_version, reason = "a door is for customers, from the first"),
      routes(two, first, second))]
struct Shut;

#[test]
fn who_may_call_an_operation_can() {
    let app = Shut::app().tokens(token::issuer()).source(Badges::default()).source(Passports);
    let error = app.build().expect_err("it does not start");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA166", "SA167"], "{error}");
}
