//! Security as documents say it: which schemes an operation asks for, with which scopes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Source, members};
use crate::contract::finding::{Findings, values};

/// One alternative: schemes that are all asked for, each with its scopes.
type Asked = BTreeMap<String, BTreeSet<String>>;

/// Returns the alternatives of an operation, its own or else the document's. None at all is for everybody, and so is one
/// that asks for nothing.
fn alternatives(source: Source<'_>, operation: &Value) -> Vec<Asked> {
    let stated = operation.get("security").or_else(|| source.0.get("security"));
    let stated = stated.and_then(Value::as_array).cloned().unwrap_or_default();
    let scopes = |scopes: &Value| {
        let scopes = scopes.as_array().into_iter().flatten();
        scopes.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let asked = |one: &Value| {
        members(Some(one)).map(|(name, asked)| (name.clone(), scopes(asked))).collect()
    };
    let all: Vec<Asked> = stated.iter().map(asked).collect();
    if all.iter().any(BTreeMap::is_empty) { Vec::new() } else { all }
}

fn schemes_of(asked: &Asked) -> Vec<&str> {
    asked.keys().map(String::as_str).collect()
}

pub(super) fn operation(
    name: &str,
    (old, was): (Source<'_>, &Value),
    (new, is): (Source<'_>, &Value),
    findings: &mut Findings,
) {
    let (before, after) = (alternatives(old, was), alternatives(new, is));
    let mut tell = |rule: &str, place: &str, sentence: String| {
        findings.add(rule, (name, place), sentence, (None, None))
    };
    match (before.is_empty(), after.is_empty()) {
        (true, true) => return,
        (false, true) => {
            return tell(
                "operation-became-public",
                "",
                format!("{name} asks for no credentials any more"),
            );
        }
        (true, false) => {
            return tell(
                "operation-became-protected",
                "",
                format!("{name} asks for credentials now"),
            );
        }
        (false, false) => {}
    }
    let find = |list: &[Asked], wanted: &Asked| -> Option<Asked> {
        list.iter().find(|one| schemes_of(one) == schemes_of(wanted)).cloned()
    };
    for one in &before {
        let called = schemes_of(one).join(" and ");
        let Some(other) = find(&after, one) else {
            tell("api-security-removed", &called, format!("{called} opens {name} no more"));
            continue;
        };
        for (scheme, scopes) in one {
            let now = other.get(scheme).cloned().unwrap_or_default();
            for scope in now.difference(scopes) {
                let sentence = format!("{scheme} has to have the scope `{scope}` now");
                tell("api-security-scope-added", &format!("{scheme}.{scope}"), sentence);
            }
            for scope in scopes.difference(&now) {
                let sentence = format!("{scheme} needs the scope `{scope}` no more");
                tell("api-security-scope-removed", &format!("{scheme}.{scope}"), sentence);
            }
        }
    }
    for one in after.iter().filter(|one| find(&before, one).is_none()) {
        let called = schemes_of(one).join(" and ");
        tell("api-security-added", &called, format!("{called} opens {name} too"));
    }
}

/// Compares the schemes that documents declare.
pub(super) fn schemes(old: Source<'_>, new: Source<'_>, findings: &mut Findings) {
    let (before, after) = (old.components("securitySchemes"), new.components("securitySchemes"));
    for (name, was) in before.into_iter().flatten() {
        let was = old.resolved(was);
        let Some(is) = after.and_then(|after| after.get(name)).map(|is| new.resolved(is)) else {
            let sentence = format!("the scheme {name} is gone");
            findings.add("api-security-component-removed", ("api", name), sentence, (None, None));
            continue;
        };
        scheme(name, was, is, findings);
    }
    let known = |name: &String| before.is_some_and(|before| before.contains_key(name));
    for (name, _) in after.into_iter().flatten().filter(|(name, _)| !known(name)) {
        findings.add(
            "api-security-component-added",
            ("api", name),
            format!("the scheme {name} is new"),
            (None, None),
        );
    }
}

fn scheme(name: &str, was: &Value, is: &Value, findings: &mut Findings) {
    let text = |value: &Value, word: &str| {
        value.get(word).and_then(Value::as_str).unwrap_or_default().to_lowercase()
    };
    let kind = |value: &Value| {
        format!("{} {}", text(value, "type"), text(value, "scheme")).trim().to_owned()
    };
    if kind(was) != kind(is) {
        let sentence = format!("{name} was {}, and is {}", kind(was), kind(is));
        return findings.add(
            "api-security-component-type-changed",
            ("api", name),
            sentence,
            values(kind(was), kind(is)),
        );
    }
    let place =
        |value: &Value| format!("{} {}", text(value, "in"), text(value, "name")).trim().to_owned();
    if place(was) != place(is) {
        let sentence = format!("{name} was sent in {}, and is in {}", place(was), place(is));
        findings.add(
            "api-security-component-location-changed",
            ("api", name),
            sentence,
            values(place(was), place(is)),
        );
    }
    for (flow, was) in members(was.get("flows")) {
        let Some(is) = is.get("flows").and_then(|flows| flows.get(flow)) else { continue };
        for (word, rule) in [
            ("authorizationUrl", "api-security-component-oauth-url-changed"),
            ("tokenUrl", "api-security-component-oauth-token-url-changed"),
        ] {
            let url = |value: &Value| value.get(word).and_then(Value::as_str).map(str::to_owned);
            if url(was) != url(is) {
                let at = format!("{name}.{flow}");
                let sentence = format!("`{word}` of {at} is another one");
                findings.add(rule, ("api", &at), sentence, (url(was), url(is)));
            }
        }
    }
}
