//! The operations of two documents: which came, which went, and what changed of each.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Declared, Source, members};
use crate::{
    contract::{finding::Findings, schema::sorted},
    version::Day,
};

/// Compares two documents as of a day.
pub(in crate::contract) fn compare(
    old: Source<'_>,
    new: Source<'_>,
    today: Day,
    findings: &mut Findings,
) {
    let (before, after) = (old.operations(), new.operations());
    let left: HashSet<&str> = after.keys().map(|(place, _)| &**place).collect();
    let mut gone: HashMap<&str, &str> = HashMap::new();
    for ((place, _), was) in before.iter().filter(|((place, _), _)| !left.contains(&**place)) {
        gone.entry(place).or_insert(was.path);
    }
    for ((place, verb), was) in &before {
        let key = (place.clone(), verb.clone());
        let Some(is) = after.get(&key) else {
            let whole = !left.contains(&**place);
            let name = name(verb, was.path);
            super::lifecycle::removed(&name, was.operation, whole, today, findings);
            continue;
        };
        let name = name(verb, is.path);
        operation(&name, (old, was), (new, is), today, findings);
    }
    for ((place, verb), is) in &after {
        if !before.contains_key(&(place.clone(), verb.clone())) {
            let name = name(verb, is.path);
            let sentence = match renamed(place, is.path, &gone) {
                Some(from) => format!("{name} is new, beside {from}, which has one parameter less"),
                None => format!("{name} is new"),
            };
            findings.add("endpoint-added", (&name, ""), sentence, (None, None));
        }
    }
    webhooks(old, new, findings);
    if !findings.enforced {
        super::security::schemes(old, new, findings);
    }
}

/// Returns the path of the old document that went, and that is this one without one parameter.
fn renamed<'a>(place: &str, path: &str, gone: &HashMap<&str, &'a str>) -> Option<&'a str> {
    if super::names(path).is_empty() {
        return None;
    }
    // Slashes may stand around the parameter, and the shorter one of two is told.
    let shortest = place.trim_end_matches('/').strip_suffix("{}")?;
    let longest = shortest.len();
    (shortest.trim_end_matches('/').len()..=longest)
        .find_map(|end| gone.get(&place[..end]).copied())
}

fn name(verb: &str, path: &str) -> String {
    format!("{verb} {path}")
}

fn operation(
    name: &str,
    (old, was): (Source<'_>, &Declared<'_>),
    (new, is): (Source<'_>, &Declared<'_>),
    today: Day,
    findings: &mut Findings,
) {
    super::lifecycle::compare(name, was.operation, is.operation, today, findings);
    let id = |declared: &Declared<'_>| {
        declared.operation.get("operationId").and_then(Value::as_str).map(str::to_owned)
    };
    let (old_id, new_id) = (id(was), id(is));
    if old_id != new_id {
        let told = |id: &Option<String>| id.clone().unwrap_or_else(|| "none".to_owned());
        let sentence = format!(
            "the operation was called {}, and is called {}: functions of generated clients have that name",
            told(&old_id),
            told(&new_id)
        );
        let rule =
            if old_id.is_some() { "api-operation-id-removed" } else { "api-operation-id-added" };
        findings.add(rule, (name, ""), sentence, (old_id, new_id));
    }
    super::parameters::compare(name, (old, was), (new, is), today, findings);
    super::bodies::request(name, (old, was.operation), (new, is.operation), findings);
    super::bodies::answers(name, (old, was.operation), (new, is.operation), findings);
    if !findings.enforced {
        super::security::operation(name, (old, was.operation), (new, is.operation), findings);
    }
}

/// Compares what the API calls at its clients: whether it is there, what is sent and what is taken for an answer.
fn webhooks(old: Source<'_>, new: Source<'_>, findings: &mut Findings) {
    let (before, after) = (old.webhooks(), new.webhooks());
    for ((place, verb), was) in &before {
        let name = format!("webhook {verb} {}", was.path);
        let Some(is) = after.get(&(place.clone(), verb.clone())) else {
            let sentence = format!("{name} is not called any more");
            findings.add("webhook-removed", (&name, ""), sentence, (None, None));
            continue;
        };
        super::bodies::called(&name, (old, was.operation), (new, is.operation), findings);
        if gist(was.operation) != gist(is.operation) {
            let sentence = format!("the parameters or the security of {name} changed");
            findings.add("webhook-not-compared", (&name, ""), sentence, (None, None));
        }
    }
    for ((place, verb), is) in &after {
        if !before.contains_key(&(place.clone(), verb.clone())) {
            let name = format!("webhook {verb} {}", is.path);
            findings.add(
                "webhook-added",
                (&name, ""),
                format!("{name} is called now"),
                (None, None),
            );
        }
    }
}

/// Returns what is left of a webhook beside its bodies and what only people read.
fn gist(operation: &Value) -> Value {
    let words = members(Some(operation)).filter(|(word, _)| {
        const OTHERS: &[&str] = &[
            "summary",
            "description",
            "tags",
            "externalDocs",
            "operationId",
            "deprecated",
            "requestBody",
            "responses",
        ];
        !OTHERS.contains(&&***word) && !word.starts_with("x-")
    });
    sorted(&Value::Object(words.map(|(word, value)| (word.clone(), value.clone())).collect()))
}
