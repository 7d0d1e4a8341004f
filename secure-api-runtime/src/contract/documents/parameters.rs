//! Parameters: of the path, the query, headers and cookies.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use super::{
    Declared, Source,
    lifecycle::{End, end_of, is_deprecated},
    names,
};
use crate::{
    contract::{
        finding::{Findings, values},
        schema::{Kind, Schemas, Spot},
    },
    version::Day,
};

/// One parameter, with what it is known by.
struct Parameter<'a> {
    name: String,
    /// Its name, and of one of the path its number: there the name is nothing that a client says.
    key: String,
    stands: String,
    declared: &'a Value,
}

impl Parameter<'_> {
    fn text(&self, word: &str) -> Option<&str> {
        self.declared.get(word).and_then(Value::as_str)
    }

    fn is(&self, word: &str) -> bool {
        self.declared.get(word).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Returns the way in which it is written: style, exploded or not.
    fn style(&self) -> (String, bool) {
        let default = if matches!(&*self.stands, "query" | "cookie") { "form" } else { "simple" };
        let style = self.text("style").unwrap_or(default);
        let explode = self.declared.get("explode").and_then(Value::as_bool);
        (style.to_owned(), explode.unwrap_or(style == "form"))
    }

    /// Returns its schema: its own, or that of its only media type.
    fn schema(&self) -> Option<(&Value, &str)> {
        let content = || {
            let (media, content) = super::members(self.declared.get("content")).next()?;
            Some((content.get("schema")?, &**media))
        };
        self.declared.get("schema").map(|schema| (schema, "")).or_else(content)
    }

    fn place(&self) -> String {
        format!("{}.{}", self.stands, self.name)
    }
}

/// Returns the parameters of an operation; its own win over those of its path.
fn parameters<'a>(source: Source<'a>, declared: &Declared<'a>) -> Vec<Parameter<'a>> {
    let mut found: Vec<Parameter<'a>> = Vec::new();
    let mut known = HashSet::new();
    let in_path = names(declared.path);
    for of in [declared.operation, declared.item] {
        for declared in of.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            let declared = source.resolved(declared);
            let text = |word: &str| declared.get(word).and_then(Value::as_str).unwrap_or_default();
            let (name, stands) = (text("name").to_owned(), text("in").to_owned());
            let key = match &*stands {
                "path" => {
                    in_path.iter().position(|one| **one == name).unwrap_or(usize::MAX).to_string()
                }
                // Names of header fields have no case.
                "header" => name.to_lowercase(),
                _ => name.clone(),
            };
            if known.insert((stands.clone(), key.clone())) {
                found.push(Parameter { name, key, stands, declared });
            }
        }
    }
    found
}

pub(super) fn compare(
    operation: &str,
    (old, was): (Source<'_>, &Declared<'_>),
    (new, is): (Source<'_>, &Declared<'_>),
    today: Day,
    findings: &mut Findings,
) {
    let (before, after) = (parameters(old, was), parameters(new, is));
    let key = |one: &Parameter<'_>| (one.stands.clone(), one.key.clone());
    let places: HashMap<_, usize> =
        after.iter().enumerate().map(|(place, one)| (key(one), place)).collect();
    let mut after: Vec<Option<Parameter<'_>>> = after.into_iter().map(Some).collect();
    let (mut pairs, mut left) = (Vec::new(), Vec::new());
    for one in before {
        match places.get(&key(&one)).and_then(|place| after[*place].take()) {
            Some(other) => pairs.push((one, other)),
            None => left.push(one),
        }
    }
    // One that went and one of its name that came elsewhere are one that moved.
    let mut named: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (place, one) in after.iter().enumerate() {
        if let Some(one) = one {
            named.entry(one.name.clone()).or_default().push_back(place);
        }
    }
    left.retain(|one| {
        let place = named.get_mut(&one.name).and_then(VecDeque::pop_front);
        let Some(other) = place.and_then(|place| after[place].take()) else { return true };
        let sentence = format!(
            "`{}` was sent in the {}, and is in the {}",
            one.name, one.stands, other.stands
        );
        let both = values(&one.stands, &other.stands);
        findings.add(
            "request-parameter-location-changed",
            (operation, &one.place()),
            sentence,
            both,
        );
        false
    });
    for (one, other) in &pairs {
        changed(operation, (old, one), (new, other), findings);
    }
    for one in &left {
        removed(operation, one, today, findings);
    }
    for one in after.iter().flatten() {
        let place = one.place();
        let (rule, sentence) = match &*one.stands {
            "path" => ("new-request-path-parameter", format!("`{place}` is new in the path")),
            _ if one.is("required") => {
                ("new-required-request-parameter", format!("`{place}` is new, and has to be sent"))
            }
            _ => ("new-optional-request-parameter", format!("`{place}` is new, and may be sent")),
        };
        findings.add(rule, (operation, &place), sentence, (None, None));
    }
}

fn removed(operation: &str, one: &Parameter<'_>, today: Day, findings: &mut Findings) {
    let place = one.place();
    let (rule, sentence) = match end_of(one.declared) {
        End::On(day) if is_deprecated(one.declared) && today < day => (
            "request-parameter-removed-before-sunset",
            format!("`{place}` is not taken any more, and was promised until {day}"),
        ),
        _ if is_deprecated(one.declared) => (
            "request-parameter-removed-with-deprecation",
            format!("`{place}` is not taken any more; it was deprecated"),
        ),
        _ => ("request-parameter-removed", format!("`{place}` is not taken any more")),
    };
    findings.add(rule, (operation, &place), sentence, (None, None));
}

fn changed(
    operation: &str,
    (old, was): (Source<'_>, &Parameter<'_>),
    (new, is): (Source<'_>, &Parameter<'_>),
    findings: &mut Findings,
) {
    let place = is.place();
    let mut tell = |rule: &str, sentence: String, both| {
        findings.add(rule, (operation, &place), sentence, both)
    };
    match (was.is("required"), is.is("required")) {
        (false, true) => {
            let sentence = format!("`{place}` has to be sent now");
            tell("request-parameter-became-required", sentence, values("optional", "required"));
        }
        (true, false) => {
            let sentence = format!("`{place}` may be left out now");
            tell("request-parameter-became-optional", sentence, values("required", "optional"));
        }
        _ => {}
    }
    match (is_deprecated(was.declared), is_deprecated(is.declared)) {
        (false, true) => {
            tell("request-parameter-deprecated", format!("`{place}` is deprecated"), (None, None))
        }
        (true, false) => {
            tell(
                "request-parameter-reactivated",
                format!("`{place}` is deprecated no more"),
                (None, None),
            );
        }
        _ => {}
    }
    let media = |one: &Parameter<'_>| one.schema().map(|(_, media)| media.to_owned());
    let shown = |one: &Parameter<'_>| {
        let (style, explode) = one.style();
        let media = media(one).filter(|media| !media.is_empty());
        media.unwrap_or_else(|| format!("{style}{}", if explode { ", exploded" } else { "" }))
    };
    // How it is written shows only where it is more than one text.
    let is_list = [(old, was), (new, is)].iter().any(|(source, one)| {
        let schema = one.schema().map(|(schema, _)| source.resolved(schema));
        schema.is_some_and(|schema| {
            schema.get("items").is_some() || schema.get("properties").is_some()
        })
    });
    if shown(was) != shown(is)
        && (is_list || was.style().0 != is.style().0 || media(was) != media(is))
    {
        let sentence = format!("`{place}` was written as {}, and is as {}", shown(was), shown(is));
        tell("request-parameter-style-changed", sentence, values(shown(was), shown(is)));
    }
    let anything = Value::Bool(true);
    let schema = |one| Parameter::schema(one).map_or(&anything, |(schema, _)| schema);
    Schemas::new(old, new, operation, findings).compare(
        &Spot::new(Kind::Parameter, place.clone()),
        schema(was),
        schema(is),
    );
}
