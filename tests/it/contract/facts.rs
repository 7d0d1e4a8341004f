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
pub(super) type Row =
    (&'static str, JsonValue, JsonValue, &'static [&'static str], &'static [&'static str]);

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

// R34 in part: the app's bound of answers that stay open is one where there are such answers.
#[test]
fn answers_that_stay_open_are_bounded_for_all_callers() {
    let with = |content: &str, most: u32| {
        let mut model = model();
        *at(&mut model, "operations/get_order/answer/content") = json!(content);
        *at(&mut model, "settings/most_open") = json!(most);
        contract(&model)
    };
    let (many, few) = (with("events", 1000), with("events", 10));
    let [there, back] = [many.compare(&few, today()), few.compare(&many, today())];
    assert_eq!(told(&there), BTreeSet::from(["W limit-tightened".to_owned()]));
    assert_eq!(told(&back), BTreeSet::from(["S limit-loosened".to_owned()]));
    let sentence = "all callers together may have 10 answers open, was 1000";
    assert_eq!(there.findings[0].sentence, sentence);
    assert_eq!(with("one", 1000), with("one", 10));
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
            "Admin, Anonymous, Customer and Support have a limit 4 times as high: \
             20 per address in 60s, was 5 per address in 60s",
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

fn rows() -> Vec<Row> {
    super::opened::rows().into_iter().chain(super::loosened::rows()).collect()
}
