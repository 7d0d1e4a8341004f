//! The things that `verify` is given, and those that it makes: names of nothing, objects of other roles, objects for everybody.

use std::panic::{AssertUnwindSafe, catch_unwind};

use secure_api::{
    app::AppBuilder,
    identity::Principal,
    testing::{self, Check, Verified, json},
};

use super::contracts::{Contracts, Db, Farm, RowId, Seals};

fn contracts() -> AppBuilder {
    Contracts::app().store(Db::default()).tokens(testing::issuer())
}

/// Returns the app of seals, of which Alice has the first and Bob the second.
fn seals() -> AppBuilder {
    let db = Db::default();
    for (number, owner) in [(1, "alice"), (2, "bob")] {
        let id = RowId::new(number).expect("a small number");
        db.put("seal", id, &testing::caller_id(owner));
    }
    Seals::app().store(db).tokens(testing::issuer())
}

fn broken(verified: &Verified) -> Vec<(&str, Check)> {
    verified.broken.iter().map(|one| (&*one.route, one.check)).collect()
}

async fn report(verify: testing::Verify) -> Verified {
    verify.report().await.expect("an app that starts")
}

/// Returns the text with which a verification panics.
fn refused(verify: testing::Verify) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let verified = catch_unwind(AssertUnwindSafe(|| runtime.block_on(verify.report()).is_ok()));
    let panic = verified.expect_err("it does not begin");
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn names_of_nothing_are_told_with_the_nearest() {
    let nobody = Principal::new("https://people.example", "nobody").roles(["clark"]);
    let lines = json!([{ "text": "two" }, { "txt": "three" }]);
    let told = refused(
        testing::verify(contracts())
            .body("sing", json!({}))
            .body("sign", json!({ "terms": 1, "monts": 3, "lines": lines }))
            .body("get_plan", json!({}))
            .parameter("contrat", 1)
            .shared("Plans", "plans are for everybody")
            .skip("renw", "it is loud")
            .object("Contrakt", "alice", 1)
            .holder("Baerer", nobody, "a token"),
    );
    for line in [
        "`verify` was given what Contracts does not have:\n",
        ".body(\"sing\", …): no operation is called `sing`; did you mean `sign`?\n",
        ".body(\"sign\", …): no field of NewContract is called `monts`; did you mean `months`?\n",
        ".body(\"sign\", …): no field of Line is called `lines/txt`; did you mean `text`?\n",
        ".body(\"get_plan\", …): it has no body that is declared\n",
        ".parameter(\"contrat\", …): no parameter of a path is called `contrat`; did you mean `contract`?\n",
        ".shared(\"Plans\", …): no object is called `Plans`; did you mean `Plan`?\n",
        ".skip(\"renw\", …): no operation is called `renw`; did you mean `renew`?\n",
        ".object(\"Contrakt\", \"alice\", \"1\"): no object is called `Contrakt`; did you mean `Contract`?\n",
        ".holder(\"Baerer\", …): no kind of credentials is called `Baerer`; did you mean `Bearer`?\n",
        ".holder(\"Baerer\", …): no role is called `clark`; did you mean `clerk`?",
    ] {
        assert!(told.contains(line), "{line}\n---\n{told}");
    }
    // A name that is near to none is told with those that there are.
    let told = refused(testing::verify(contracts()).shared("Elephant", "it is large"));
    assert!(
        told.contains("no object is called `Elephant`; there are `Contract`, `Plan`"),
        "{told}"
    );
}

#[test]
fn arguments_of_an_object_in_another_order_are_told() {
    let told =
        refused(testing::verify(seals()).object("alice", "Seal", 1).object("Seal", "1", "bob"));
    assert!(
        told.contains("the type comes first, then the owner's subject, then the key"),
        "{told}"
    );
    let key = ".object(\"Seal\", \"1\", \"bob\"): the key comes last, and `bob` is no whole number";
    assert!(told.contains(key), "{told}");
}

#[tokio::test]
async fn an_object_is_made_with_the_role_that_may() {
    // A member may not make a plan, and nobody signs a contract without one.
    let verified = testing::verify(contracts()).shared("Plan", "plans are for everybody").await;
    let told = verified.to_string();
    let untested: Vec<_> = verified.untested.iter().map(|one| (&*one.route, one.check)).collect();
    let expected = [
        ("make_plan v1", Some(Check::Leakage)),
        ("get_plan v1", Some(Check::Objects)),
        ("sign v1", Some(Check::References)),
        ("sign v1", Some(Check::Leakage)),
    ];
    assert_eq!(untested, expected, "{told}");
    assert_eq!(verified.kept(Check::Objects), 1, "{told}");
    // A key that is a number, in a part of a body.
    assert_eq!(verified.kept(Check::References), 1, "{told}");
    // The reason stands in the table, for a path and for an input.
    let shared = "Plan is said to be shared: plans are for everybody";
    assert!(told.contains(&format!("objects: {shared} (get_plan v1)")), "{told}");
    assert!(told.contains(&format!("references: {shared} (sign v1)")), "{told}");
}

#[tokio::test]
async fn who_reaches_what_nobody_owns_is_asked_to_be_said() {
    let verified = report(testing::verify(contracts())).await;
    let expected = [("get_plan v1", Check::Objects), ("sign v1", Check::References)];
    assert_eq!(broken(&verified), expected, "{verified}");
    let help = "where each is for everybody, say so: `.shared(\"Plan\", \"the reason\")`";
    assert!(verified.broken.iter().all(|one| one.what.contains(help)), "{verified}");
}

#[tokio::test]
async fn an_object_that_cannot_be_made_is_told_with_what_to_write() {
    let told = report(testing::verify(seals())).await.to_string();
    let give = "no operation makes one: give one of each of two owners by `.object(\"Seal\", \"alice\", \"its key\")`";
    let of = |check: &str, owner: &str, route: &str| {
        format!("{check}no Seal of {owner} is there: {give} ({route} v1)")
    };
    for line in [
        of("objects: ", "owner-one", "get_seal"),
        of("references: of somebody else, ", "owner-two", "seal"),
    ] {
        assert!(told.contains(&line), "{line}\n---\n{told}");
    }
    // What is given is tried.
    let given = |one, other| {
        testing::verify(seals()).object("Seal", "alice", one).object("Seal", "bob", other)
    };
    let verified = given(1, 2).await;
    assert_eq!(verified.kept(Check::Objects), 1, "{verified}");
    assert_eq!(verified.kept(Check::References), 1, "{verified}");
    // An object that stands in another form of the body than the one that is made.
    let told = verified.to_string();
    let is_told =
        |line: &str| line.contains("references: like of ") && line.contains("names a Seal");
    let line = told.lines().find(|line| is_told(line)).unwrap_or_else(|| panic!("{told}"));
    assert!(line.ends_with("give one that has, by `.body(\"seal\", …)` (seal v1)"), "{line}");
    // What is not there is refused to everybody, which proves nothing.
    let verified = report(given(7, 8)).await;
    assert_eq!(verified.kept(Check::Objects), 0, "{verified}");
    assert_eq!(verified.kept(Check::References), 0, "{verified}");
    let told = verified.to_string();
    let line =
        "get_seal answers its owner 404 too: no Seal has the key \"7\", or it is not of alice";
    assert!(told.contains(line), "{told}");
    assert!(told.contains("bob may not name an own Seal in seal either"), "{told}");
}

#[tokio::test]
async fn objects_that_need_each_other_end_the_search() {
    let told = report(testing::verify(Farm::app().store(Db::default()).tokens(testing::issuer())))
        .await
        .to_string();
    let line = "no Egg of owner-one is there: lay, which makes one, needs more: no Hen of owner-one is there: hatch, which \
                makes one, needs more: each Egg needs another Egg first: give one of each of two owners by `.object(\"Egg\",";
    assert!(told.contains(line), "{told}");
}
