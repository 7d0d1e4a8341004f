//! The owner of an object is issuer, tenant and subject: a name alone is nobody.

use secure_api::{
    prelude::*,
    testing::{self, json},
};

use crate::testing::kiosk::{Db, Kiosk, Printer, Role};

/// Somebody whom another issuer calls alice, too.
const ELSEWHERE: &str = "https://elsewhere.invalid";

// R18 R35: what alice owns is not another issuer's alice's, to read, to change or to list.
#[tokio::test]
async fn another_issuers_alice_owns_nothing_of_alices() {
    let app = Kiosk::app().store(Db::default()).service(Printer(""));
    let app = app.tokens(testing::issuer()).tokens(testing::issuer_named(ELSEWHERE));
    let kiosk = testing::client(app).expect("an app");
    let alice = kiosk.as_caller(Role::Visitor, "alice");
    let other = kiosk.as_caller(Role::Visitor, "alice").issuer(ELSEWHERE);

    let new = json!({ "gate": "north", "seats": 2 });
    let place = |reply: &testing::Reply| reply.header("location").expect("a place").to_owned();
    let bought = alice.post("/v2/tickets").header("idempotency-key", "\"hers\"").json(&new).await;
    let hers = place(bought.assert_status(201));
    let bought = other.post("/v2/tickets").header("idempotency-key", "\"theirs\"").json(&new).await;
    let theirs = place(bought.assert_status(201));

    for (who, own, not_own) in [(&alice, &hers, &theirs), (&other, &theirs, &hers)] {
        who.get(own).await.assert_status(200);
        who.get(not_own).await.assert_status(404);
        who.patch(not_own).merge_patch(json!({ "gate": "south" })).await.assert_status(404);
        let listed = who.get("/v2/tickets").await;
        assert_eq!(
            listed.assert_status(200).json_pointer("/items").as_array().map(Vec::len),
            Some(1)
        );
    }
}

#[cfg(debug_assertions)]
// R35: whoever works for two tenants is two callers, and owns as either.
#[test]
fn an_id_is_of_a_tenant() {
    let none = testing::caller!(Role::Visitor, "alice");
    let acme = testing::caller!(Role::Visitor, "alice", tenant = "acme");
    let globex = testing::caller!(Role::Visitor, "alice", tenant = "globex");
    assert_eq!(none.id(), &testing::caller_id("alice"));
    assert!(acme.id() != none.id() && acme.id() != globex.id());
    assert_eq!(acme.id().tenant().as_deref(), Some("acme"));
    let stored: CallerId = acme.id().as_str().parse().expect("an id");
    assert_eq!(&stored, acme.id());
}
