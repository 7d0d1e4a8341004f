//! Versions: what is released is held, what is a preview is free, and an end is what was said.

use secure_api::{
    contract::{Report, Severity},
    testing::{JsonValue, json},
};

use super::{
    facts::{at, contract, limit, model},
    letter, today, told,
};

/// The findings that the tests here plant.
pub(super) const TOLD: &[&str] = &[
    "I version-added",
    "I version-removed",
    "B version-removed-before-sunset",
    "B version-became-preview",
    "I version-deprecated",
    "W version-deprecated-without-sunset",
    "I version-reactivated",
    "I version-sunset-set",
    "B version-sunset-earlier",
    "I version-sunset-later",
    "W version-sunset-removed",
    "S public-operation-added",
];

fn compared(was: &JsonValue, is: &JsonValue) -> Report {
    contract(was).compare(&contract(is), today())
}

/// Returns the model with other ends of v1.
fn ends(deprecated: Option<&str>, sunset: Option<&str>) -> JsonValue {
    let mut model = model();
    *at(&mut model, "versions/v1/deprecated") = json!(deprecated);
    *at(&mut model, "versions/v1/sunset") = json!(sunset);
    model
}

/// Returns the model without a version.
pub(super) fn without(mut model: JsonValue, version: &str) -> JsonValue {
    let versions = model["versions"].as_array_mut().expect("versions");
    versions.retain(|one| one["segment"] != version);
    for operation in model["operations"].as_array_mut().expect("operations") {
        operation["versions"].as_array_mut().expect("versions").retain(|one| one != version);
    }
    model
}

#[track_caller]
fn assert_told(was: &JsonValue, is: &JsonValue, wanted: &[&str]) {
    let report = compared(was, is);
    let wanted = wanted.iter().map(|told| (*told).to_owned()).collect();
    assert_eq!(told(&report), wanted, "{report}");
    for one in &report.findings {
        let told = format!("{} {}", letter(one.level), one.rule);
        assert!(
            TOLD.contains(&&*told) || !one.rule.starts_with("version-"),
            "{told} is not in the list"
        );
    }
}

// R100: an end is deprecated, has a day, and is kept.
#[test]
fn the_end_of_a_version_is_what_was_said() {
    let (live, old) = (ends(None, None), ends(Some("2026-01-01"), None));
    let ending = ends(Some("2026-01-01"), Some("2026-12-31"));
    let later = ends(Some("2026-01-01"), Some("2027-12-31"));
    let over = ends(Some("2025-01-01"), Some("2026-06-01"));
    assert_told(&live, &old, &["W version-deprecated-without-sunset"]);
    assert_told(&live, &ending, &["I version-deprecated", "I version-sunset-set"]);
    assert_told(&ending, &live, &["I version-reactivated", "W version-sunset-removed"]);
    assert_told(&ending, &later, &["I version-sunset-later"]);
    assert_told(&later, &ending, &["B version-sunset-earlier"]);
    assert_told(&live, &without(model(), "v1"), &["B version-removed-before-sunset"]);
    assert_told(&ending, &without(model(), "v1"), &["B version-removed-before-sunset"]);
    assert_told(&over, &without(model(), "v1"), &["I version-removed"]);
    // What is not served any more promises nothing.
    let mut other = over.clone();
    *at(&mut other, "operations/get_order/versions") = json!(["v2", "v3"]);
    assert_told(&over, &other, &[]);
}

// R100: what callers could read of in time is part of the end.
#[test]
fn an_outage_of_a_version_is_announced() {
    let ending = ends(Some("2026-01-01"), Some("2026-12-31"));
    let out = |from: &str, until: &str| {
        let mut model = ending.clone();
        let one = json!({ "from": from, "until": until });
        for version in model["versions"].as_array_mut().expect("versions") {
            if version["segment"] == "v1" {
                version["brownouts"] = json!([one]);
            }
        }
        model
    };
    let announced = out("2026-12-01T10:00:00Z", "2026-12-01T10:30:00Z");
    // Once, and not of each operation.
    assert_told(&ending, &announced, &["I brownout-announced"]);
    let told = &compared(&ending, &announced).findings[0];
    assert_eq!(told.id(), "brownout-announced v1 2026-12-01 10:00 to 10:30 UTC");
    assert_told(&announced, &ending, &["I brownout-removed"]);
    let sudden = out("2026-06-02T10:00:00Z", "2026-06-02T10:30:00Z");
    assert_told(&ending, &sudden, &["B brownout-sudden"]);
    // The lock keeps it.
    let kept = contract(&announced).text();
    assert!(
        kept.contains("2026-12-01T10:30:00Z") && !contract(&ending).text().contains("brownouts")
    );
}

#[test]
fn a_preview_is_free_and_its_release_is_looked_at() {
    let old = model();
    let mut new = model();
    *at(&mut new, "operations/sign_in/versions") = json!(["v1", "v2"]);
    *at(&mut new, "operations/put_order/versions") = json!(["v1", "v2"]);
    assert_told(&old, &new, &[]);
    assert_told(&old, &without(model(), "v3"), &[]);
    assert_told(&without(model(), "v3"), &old, &[]);
    let mut released = model();
    *at(&mut released, "versions/v3/preview") = json!(false);
    assert_told(&old, &released, &["I version-added"]);
    assert_told(&released, &old, &["B version-became-preview"]);
    // Held against the version before it, from which its callers come.
    *at(&mut released, "operations/get_order/limits/0/limits/0") = limit("principal", 600, 60.0);
    let report = compared(&old, &released);
    let loosened =
        report.findings.iter().find(|one| one.rule == "limit-loosened").expect("a finding");
    assert_eq!(loosened.operation, "GET /[v1,v2,v3]/orders/{order}");
}

// R34
#[test]
fn a_new_public_operation_is_told_with_its_reason() {
    let new = model();
    let mut old = model();
    old["operations"].as_array_mut().expect("operations").retain(|one| one["name"] != "sign_in");
    let report = compared(&old, &new);
    let told: Vec<_> = report.open().map(|one| (one.level, &*one.sentence)).collect();
    let sentence =
        "new public operation POST /[v1,v2]/sign-in, because \"who signs in has no token yet\"";
    assert_eq!(told, [(Severity::Security, sentence)], "{report}");
    assert_told(&new, &old, &["B api-path-removed-without-deprecation"]);
}

#[test]
fn a_promise_of_a_released_version_breaks_and_is_told_once_for_all_versions() {
    let mut new = model();
    *at(&mut new, "schemas/NewOrder/form/object/note/schema/ruled/0/text/max_length") = json!(20);
    let report = compared(&model(), &new);
    let ids: Vec<_> = report.findings.iter().map(secure_api::contract::Finding::id).collect();
    let wanted = ["POST /[v1,v2]/orders", "PUT /[v1,v2]/orders/{order}"];
    let wanted = wanted
        .map(|operation| format!("request-property-max-length-decreased {operation} body.note"));
    assert_eq!(ids, wanted, "{report}");
    assert_eq!(report.exit_code(), 1);
}
