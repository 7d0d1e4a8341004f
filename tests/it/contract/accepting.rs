//! Accepting: what breaks or loosens something is accepted by its name, and leaves a line.

use secure_api::{
    contract::{Acceptance, Contract, ContractError, Severity, accept, check},
    inventory::ApiModel,
    testing::{JsonValue, json},
};

use super::{
    facts::{at, contract, limit, model},
    today,
};

const LOOSENED: &str =
    "limit-loosened POST /[v1,v2]/sign-in address for admin, anonymous, customer, support";

fn api(model: &JsonValue) -> ApiModel {
    serde_json::from_value(model.clone()).expect("a model")
}

fn accepted(model: &JsonValue, lock: &str, words: &[&str]) -> Result<Acceptance, ContractError> {
    accept(&api(model), Some(lock), words, today())
}

/// The model with another limit of sign-in, and with one more operation's text.
fn loosened() -> JsonValue {
    let mut model = model();
    *at(&mut model, "operations/sign_in/limits/0/limits/0") = limit("address", 20, 60.0);
    model
}

#[test]
fn the_first_files_are_written_when_asked_and_hold() {
    let api = api(&model());
    let report = check(&api, None, None, today()).expect("a report");
    assert!(!report.passes() && report.exit_code() == 1, "{report}");
    assert_eq!(report.outdated, ["api.lock is not there", "matrix.snap is not there"]);
    let files = accept(&api, None, &["new"], today()).expect("the first files");
    let report = check(&api, Some(&files.lock), Some(&files.matrix), today()).expect("a report");
    assert!(report.passes(), "{report}");
    assert_eq!(report.to_string(), "no change\n");
}

// R34: nothing that opens or loosens passes by a word for all.
#[test]
fn a_security_change_is_accepted_by_its_name_alone() {
    let lock = contract(&model()).text();
    let new = loosened();
    let report = check(&api(&new), Some(&lock), None, today()).expect("a report");
    let ids: Vec<_> = report.open().map(secure_api::contract::Finding::id).collect();
    assert_eq!(ids, [LOOSENED], "{report}");
    assert_eq!(report.findings[0].level, Severity::Security);
    for words in [&["new"][..], &[], &["limit-loosened"], &["new", "limit-loosened GET /v1/orders"]]
    {
        let refused = accepted(&new, &lock, words).expect_err("a word for all");
        assert!(refused.to_string().contains(LOOSENED), "{refused}");
    }
    for word in [LOOSENED, "limit-loosened POST /[v1,v2]/sign-in"] {
        let files = accepted(&new, &lock, &[word]).expect("by name");
        let line = json!({
            "on": "2026-06-01",
            "change": LOOSENED,
            "sentence": report.findings[0].sentence,
        });
        let written: JsonValue = serde_json::from_str(&files.lock).expect("JSON");
        assert_eq!(written["accepted"], json!([line]));
        assert!(
            check(&api(&new), Some(&files.lock), Some(&files.matrix), today())
                .expect("a report")
                .passes()
        );
        // The line stays, and accepts nothing that comes later.
        let mut more = new.clone();
        *at(&mut more, "operations/sign_in/limits/0/limits/0") = limit("address", 40, 60.0);
        assert!(accepted(&more, &files.lock, &["new"]).is_err());
        let files = accepted(&more, &files.lock, &[word]).expect("by name again");
        let written: JsonValue = serde_json::from_str(&files.lock).expect("JSON");
        assert_eq!(written["accepted"].as_array().map(Vec::len), Some(2));
    }
}

// R100
#[test]
fn a_breaking_change_of_a_released_version_is_accepted_by_its_name_alone() {
    let lock = contract(&model()).text();
    let mut new = model();
    for field in ["note", "discount"] {
        *at(&mut new, &format!("schemas/NewOrder/form/object/{field}/required")) = json!(true);
    }
    *at(&mut new, "schemas/NewOrder/form/object/note/required") = json!(true);
    *at(&mut new, "schemas/NewOrder/form/object/note/schema/ruled/0/text/max_length") = json!(30);
    *at(&mut new, "schemas/NewOrder/form/object/note/schema/ruled/0/text/min_length") = json!(2);
    let report = check(&api(&new), Some(&lock), None, today()).expect("a report");
    assert_eq!(report.exit_code(), 1);
    let ids: Vec<_> = report.open().map(secure_api::contract::Finding::id).collect();
    assert_eq!(ids.len(), 6, "{report}");
    let words: Vec<&str> = ids.iter().map(String::as_str).collect();
    let refused = accepted(&new, &lock, &words[1..]).expect_err("one is left");
    assert!(
        refused.to_string().contains(&ids[0]) && !refused.to_string().contains(&ids[1]),
        "{refused}"
    );
    let files = accepted(&new, &lock, &words).expect("all by name");
    assert_eq!(files.lock.matches("\"change\"").count(), 6);
}

#[test]
fn a_change_that_breaks_nothing_needs_no_name_but_the_file() {
    let lock = contract(&model()).text();
    let mut new = model();
    *at(&mut new, "schemas/NewOrder/form/object/note/schema/ruled/0/text/max_length") = json!(50);
    let report = check(&api(&new), Some(&lock), None, today()).expect("a report");
    assert_eq!(report.open().count(), 0, "{report}");
    assert!(!report.passes(), "the file is not what the API promises");
    assert!(report.outdated.iter().any(|line| line == "api.lock is not what the API promises now"));
    let files = accepted(&new, &lock, &["new"]).expect("no name");
    assert!(
        check(&api(&new), Some(&files.lock), Some(&files.matrix), today())
            .expect("a report")
            .passes()
    );
}

#[test]
fn a_change_of_prose_changes_no_file() {
    let files = accept(&api(&model()), None, &["new"], today()).expect("files");
    let mut new = model();
    *at(&mut new, "description") = json!("Another text.");
    *at(&mut new, "operations/get_order/summary") = json!("Another text.");
    assert!(
        check(&api(&new), Some(&files.lock), Some(&files.matrix), today())
            .expect("a report")
            .passes()
    );
}

#[test]
fn the_matrix_tells_the_lines_that_changed() {
    let files = accept(&api(&model()), None, &["new"], today()).expect("files");
    let mut new = model();
    *at(&mut new, "operations/put_order/access") = json!({ "roles": ["admin"] });
    let report =
        check(&api(&new), Some(&files.lock), Some(&files.matrix), today()).expect("a report");
    let told = report.outdated.join("\n");
    assert!(told.contains("matrix.snap is another table now:\n  - PUT "), "{told}");
    assert!(told.contains("\n  + PUT "), "{told}");
}

/// A file that was written anew, by hand or by removing it, has no line of what it loosened.
#[test]
fn a_lock_that_was_written_anew_is_held_against_the_one_before() {
    let (was, new) = (contract(&model()), loosened());
    let anew = Contract::read(&accept(&api(&new), None, &["new"], today()).expect("files").lock)
        .expect("a lock");
    let report = was.unaccepted(&anew, today());
    assert_eq!(report.findings.len(), 1, "{report}");
    let named = accepted(&new, &was.text(), &[LOOSENED]).expect("by name");
    let named = Contract::read(&named.lock).expect("a lock");
    assert_eq!(was.unaccepted(&named, today()).findings, []);
}

#[test]
fn what_is_no_lock_is_said_to_be_none() {
    for (text, why) in [
        ("", "api.lock is no JSON"),
        ("{}", "api.lock does not say its `format`"),
        ("{\"format\": 2}", "a later secure-api wrote it"),
        ("{\"format\": 1}", "api.lock is no contract: missing field `api`"),
    ] {
        let error = Contract::read(text).expect_err(text);
        assert!(error.to_string().contains(why), "{error}");
        assert!(check(&api(&model()), Some(text), None, today()).is_err());
    }
    let text = contract(&model()).text().replace("60 per principal in 60s", "60 per planet in 60s");
    let error = Contract::read(&text).expect_err("no limit");
    assert!(error.to_string().contains("`60 per planet in 60s` is no limit"), "{error}");
}
