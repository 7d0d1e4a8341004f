//! Planted changes of what OpenAPI has no words for, each in the model of an API that is declared.

use std::{collections::BTreeSet, sync::OnceLock};

use secure_api::{
    contract::{Contract, Report},
    inventory::ApiModel,
    testing::{JsonValue, json},
};

use super::{api::Kiosk, today, told};

/// The model as JSON, to be changed.
pub(super) fn model() -> JsonValue {
    static MODEL: OnceLock<JsonValue> = OnceLock::new();
    MODEL
        .get_or_init(|| serde_json::to_value(Kiosk::app().model()).expect("a model is JSON"))
        .clone()
}

pub(super) fn contract(model: &JsonValue) -> Contract {
    let model: ApiModel = serde_json::from_value(model.clone()).expect("a model");
    Contract::of(&model)
}

/// Returns a place of the model; the operations are found by their names.
pub(super) fn at<'a>(model: &'a mut JsonValue, path: &str) -> &'a mut JsonValue {
    let mut value = model;
    for part in path.split('/') {
        value = match value {
            JsonValue::Array(items) => match part.parse::<usize>() {
                Ok(place) => &mut items[place],
                Err(_) => items
                    .iter_mut()
                    .find(|item| item["name"] == part || item["segment"] == part)
                    .expect(part),
            },
            other => &mut other[part],
        };
    }
    value
}

/// A place of the model, a value before and after, and what is told of the way there and back.
type Row = (&'static str, JsonValue, JsonValue, &'static [&'static str], &'static [&'static str]);

/// Compares the model with two values at a place.
fn compared((path, was, is, ..): &Row) -> [Report; 2] {
    // Of one version, since the document of each is made anew.
    let with = |value: &JsonValue| {
        let mut model = super::versions::without(model(), "v1");
        *at(&mut model, path) = value.clone();
        contract(&model)
    };
    let (was, is) = (with(was), with(is));
    [was.compare(&is, today()), is.compare(&was, today())]
}

/// Returns the rules that the rows here are told by.
pub(super) fn rules() -> BTreeSet<String> {
    let told =
        rows().into_iter().flat_map(|(_, _, _, there, back)| there.iter().chain(back).copied());
    told.chain(super::versions::TOLD.iter().copied()).map(|told| told[2..].to_owned()).collect()
}

// R34, R100 in part: what opens, loosens or widens is told apart, each by its rule.
#[test]
fn planted_changes_of_facts_are_told_by_their_rules() {
    let mut wrong = Vec::new();
    for row in rows() {
        let wanted = [row.3, row.4]
            .map(|told| told.iter().map(|told| (*told).to_owned()).collect::<BTreeSet<_>>());
        let found = compared(&row).map(|report| told(&report));
        if found != wanted {
            wrong.push(format!(
                "{} {} → {}\nwanted {wanted:?}\nfound  {found:?}",
                row.0, row.1, row.2
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(rows().len() > 35, "only {}", rows().len());
}

#[test]
fn an_api_that_did_not_change_has_no_finding() {
    let contract = contract(&model());
    assert_eq!(contract.compare(&contract, today()).findings, []);
    let read = Contract::read(&contract.text()).expect("its text");
    assert_eq!(read, contract);
    assert_eq!(read.text(), contract.text());
}

#[test]
fn an_api_in_another_order_has_no_finding() {
    let mut other = model();
    for list in ["operations", "schemas"] {
        other[list].as_array_mut().expect("a list").reverse();
    }
    let (one, other) = (contract(&model()), contract(&other));
    assert_eq!(one.compare(&other, today()).findings, []);
    assert_eq!(one.text(), other.text());
}

// R34: the sentence that a reviewer reads.
#[test]
fn a_sentence_says_what_changed() {
    for (path, was, is, sentence) in [
        (
            "operations/get_order/views/1/view/schema",
            json!("OrderView"),
            json!("OrderDesk"),
            "Admin and Support now see `iban`",
        ),
        (
            "operations/sign_in/limits/0/limits/0",
            limit("address", 5, 60.0),
            limit("address", 20, 60.0),
            "Admin, Anonymous, Customer and Support have a limit 4 times as high: 20 per address in 60s, was 5 per address in 60s",
        ),
        (
            "operations/put_order/access",
            json!({ "roles": ["customer"] }),
            json!({ "public": "orders are for everybody" }),
            "PUT /v2/orders/{order} is for everybody now, because \"orders are for everybody\"",
        ),
    ] {
        let [report, _] = compared(&(path, was, is, &[], &[]));
        let said: Vec<_> = report.findings.iter().map(|finding| &*finding.sentence).collect();
        assert!(said.contains(&sentence), "{path}: {said:#?}");
    }
}

pub(super) fn limit(per: &str, count: u32, seconds: f64) -> JsonValue {
    json!({ "per": per, "count": count, "window_seconds": seconds, "burst": count, "reason": null })
}

fn with(mut limit: JsonValue, word: &str, value: impl Into<JsonValue>) -> JsonValue {
    limit[word] = value.into();
    limit
}

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    let roles = |roles: &[&str]| json!({ "roles": roles });
    let kind = |name: &str| json!({ "name": name, "header": null, "cookie": null, "certificate": false });
    let step = |operation: &str, within: u32, least: u32| json!({ "operation": operation, "module": "it", "within_seconds": f64::from(within), "at_least_seconds": f64::from(least) });
    let step_up = |acr: &[&str], age: Option<u32>| json!({ "acr": acr, "amr": [], "max_age_seconds": age });
    let minute = || limit("principal", 60, 60.0);
    let free = || json!({ "per": "unlimited", "count": 0, "window_seconds": 0.0, "burst": 0, "reason": "the office counts by itself" });
    let hatch = |reason: &str| json!([{ "rule": "extractor", "reason": reason }]);
    let dpop = |nonces: bool| json!({ "window_seconds": 60.0, "nonces": nonces });
    vec![
        ("operations/put_order/access", roles(&["customer"]), json!({ "public": "it is for everybody" }), &["S operation-became-public", "I response-non-success-status-removed"], &["B operation-became-protected", "I response-non-success-status-added"]),
        ("operations/put_order/access", roles(&["support"]), roles(&["customer"]), &["S role-added"], &["B role-removed"]),
        ("operations/sign_in/access/public", json!("for one reason"), json!("for another reason"), &["W public-reason-changed"], &["W public-reason-changed"]),
        ("roles/support/includes", json!([]), json!(["customer"]), &["S role-added"], &["B role-removed"]),
        ("operations/put_order/scopes", json!([]), json!(["orders"]), &["B scope-added", "I response-header-added"], &["S scope-removed", "W optional-response-header-removed"]),
        ("operations/put_order/step_up", json!(null), step_up(&["high"], None), &["B step-up-added"], &["S step-up-removed"]),
        ("operations/put_order/step_up", step_up(&["high"], None), step_up(&["high", "low"], None), &["S step-up-loosened"], &["B step-up-tightened"]),
        ("operations/put_order/step_up", step_up(&["high"], Some(60)), step_up(&["high"], Some(600)), &["S step-up-loosened"], &["B step-up-tightened"]),
        ("operations/put_order/by", json!({ "any-of": [kind("Bearer")] }), json!({ "any-of": [kind("Bearer"), kind("ApiKey")] }), &["S credential-kind-added"], &["B credential-kind-removed"]),
        ("operations/put_order/by", json!({ "all-of": [kind("Bearer"), kind("ApiKey")] }), json!({ "any-of": [kind("Bearer"), kind("ApiKey")] }), &["S credentials-asked-apart"], &["B credentials-asked-together"]),
        ("operations/put_order/by", json!({ "all-of": [kind("Bearer"), kind("ApiKey"), kind("Dpop")] }), json!({ "all-of": [kind("Bearer"), kind("ApiKey")] }), &["S credential-kind-added"], &["B credential-kind-removed"]),
        ("operations/get_order/arguments/0/object/object", json!("Order"), json!("Parcel"), &["I object-rule-added", "S object-rule-removed"], &["I object-rule-added", "S object-rule-removed"]),
        ("schemas/NewOrder/form/object/discount/set_by", json!(["admin"]), json!([]), &["S input-field-opened"], &["B input-field-closed"]),
        ("schemas/NewOrder/form/object/discount/set_by", json!(["admin"]), json!(["support"]), &["S input-field-opened"], &["B input-field-closed"]),
        ("schemas/Login/form/object/password/schema/ruled/0/text/format", json!("password"), json!(null), &["S secret-field-opened"], &[]),
        ("tenants", json!(true), json!(false), &["S tenants-removed"], &["W tenants-added"]),
        ("operations/get_order/limits/0/limits", json!([minute()]), json!([minute(), limit("tenant", 9, 1.0)]), &["W limit-added"], &["S limit-removed"]),
        ("operations/get_order/limits/0/limits", json!([minute()]), json!([free()]), &["S limit-removed"], &["W limit-added"]),
        ("operations/get_order/limits/0/limits/0", minute(), limit("principal", 240, 60.0), &["S limit-loosened"], &["W limit-tightened"]),
        ("operations/get_order/limits/0/limits/0", minute(), limit("principal", 3600, 3600.0), &["S limit-loosened"], &["W limit-tightened"]),
        ("operations/get_order/limits/0/limits/0", with(minute(), "burst", 10), minute(), &["S limit-loosened"], &["W limit-tightened"]),
        ("operations/get_order/limits/0/limits/0", with(minute(), "weight", 5), minute(), &["S limit-loosened"], &["W limit-tightened"]),
        ("operations/get_order/limits/0/limits/0", minute(), with(minute(), "observed", true), &["S limit-only-observed"], &["W limit-in-force"]),
        ("operations/get_order/limits/0/limits/0", minute(), limit("address", 60, 60.0), &["S limit-removed", "W limit-added"], &["S limit-removed", "W limit-added"]),
        ("settings/address_limit", limit("address", 600, 60.0), limit("address", 1200, 60.0), &["S limit-loosened"], &["W limit-tightened"]),
        ("operations/get_order/outage", json!("closed"), json!({ "local": 4 }), &["S outage-loosened"], &["I outage-tightened"]),
        ("operations/get_order/outage", json!({ "local": 4 }), json!({ "local": 2 }), &["S outage-loosened"], &["I outage-tightened"]),
        ("operations/sign_in/credential", json!(true), json!(false), &["S credential-mark-removed"], &["I credential-mark-added"]),
        ("operations/put_order/body_limit", json!(1024), json!(4096), &["S body-bound-raised"], &["B body-bound-lowered"]),
        ("settings/body_limit", json!(1024), json!(4096), &["S body-bound-raised"], &["B body-bound-lowered"]),
        ("operations/put_order/timeout_seconds", json!(5.0), json!(10.0), &["S deadline-raised"], &["W deadline-lowered"]),
        ("settings/deadline_seconds", json!(5.0), json!(10.0), &["S deadline-raised"], &["W deadline-lowered"]),
        ("operations/get_order/views/1/view/schema", json!("OrderView"), json!("OrderDesk"), &["S view-widened", "I response-required-property-added", "I response-body-any-of-removed", "I request-parameter-max-items-increased", "I request-property-enum-value-added"], &["B view-narrowed", "B request-parameter-max-items-decreased", "B request-property-enum-value-removed", "I response-body-any-of-removed"]),
        ("operations/put_order/after", json!(null), step("post_order", 600, 0), &["B step-added", "I response-non-success-status-added"], &["S step-removed", "I response-non-success-status-removed"]),
        ("operations/put_order/after", step("post_order", 600, 0), step("get_order", 600, 0), &["S step-changed"], &["S step-changed"]),
        ("operations/put_order/after", step("post_order", 600, 0), step("post_order", 900, 0), &["S step-loosened"], &["B step-tightened"]),
        ("operations/put_order/after", step("post_order", 600, 9), step("post_order", 600, 0), &["S step-loosened"], &["B step-tightened"]),
        ("operations/post_order/idempotency_key", json!(false), json!(true), &["B idempotency-key-added", "B new-required-request-parameter", "I response-header-added", "I response-non-success-status-added"], &["S idempotency-key-removed", "B request-parameter-removed", "W optional-response-header-removed", "I response-non-success-status-removed"]),
        ("operations/put_order/if_match", json!(false), json!(true), &["B if-match-added", "B request-parameter-became-required", "I response-non-success-status-added"], &["S if-match-removed", "I request-parameter-became-optional", "I response-non-success-status-removed"]),
        ("operations/put_order/exceptions", json!([]), hatch("it reads bytes of its own"), &["S hatch-used"], &["I hatch-closed"]),
        ("operations/put_order/exceptions", hatch("it reads bytes of its own"), hatch("it reads what it likes"), &["W hatch-reason-changed"], &["W hatch-reason-changed"]),
        ("settings/docs/reason", json!(null), json!("everybody reads them"), &["S hatch-used"], &["I hatch-closed"]),
        ("settings/origins", json!([]), json!(["https://shop.example"]), &["S origin-added", "I response-header-added"], &["B origin-removed", "W optional-response-header-removed"]),
        ("settings/dpop", dpop(true), dpop(false), &["S proof-nonces-removed"], &["B proof-nonces-added"]),
        // Prose is no promise.
        ("operations/put_order/description", json!("One."), json!("Other."), &[], &[]),
        ("schemas/NewOrder/description", json!("One."), json!("Other."), &[], &[]),
    ]
}
