//! The schemas of what comes in: each text, list, number and object has bounds.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Map, Value};

use super::{
    Lint,
    rule::{
        FREE_NUMBER, FREE_STRING, LintRule, OPEN_ARRAY, OPEN_NUMBER, OPEN_OBJECT, OPEN_STRING,
        UNTYPED,
    },
};
use crate::cli::document::{join, resolve};

/// The formats of texts of one length.
const FIXED: [&str; 8] = ["date", "date-time", "time", "duration", "uuid", "ipv4", "ipv6", "char"];

/// The length from which the name of a place gets no longer.
const LONGEST: usize = 160;

/// The most parts of one schema that are looked at.
const MOST_PARTS: usize = 64;

/// The schemas that are left to look at, each with its place and what has it.
type Left<'a> = VecDeque<(&'a Value, String, String)>;

/// A schema with all that is said beside it by `allOf`, each part with its place.
#[derive(Debug, Default)]
struct Whole<'a> {
    parts: Vec<(&'a Map<String, Value>, String)>,
}

impl<'a> Whole<'a> {
    /// Adds a part and its own parts, each place once: they may be said over and over.
    fn add(&mut self, document: &'a Value, value: &'a Value, place: &str) {
        let Some((value, place)) = resolve(document, value, place.to_owned()) else { return };
        let Some(members) = value.as_object() else { return };
        let is_known = self.parts.iter().any(|(_, other)| *other == place);
        if is_known || self.parts.len() >= MOST_PARTS {
            return;
        }
        self.parts.push((members, place.clone()));
        let parts = members.get("allOf").and_then(Value::as_array).into_iter().flatten();
        for (index, part) in parts.enumerate() {
            self.add(document, part, &join(&join(&place, "allOf"), &index.to_string()));
        }
    }

    /// Returns the parts without their places.
    fn members(&self) -> impl Iterator<Item = &'a Map<String, Value>> {
        self.parts.iter().map(|(members, _)| *members)
    }

    fn get(&self, member: &str) -> Option<&'a Value> {
        self.members().find_map(|members| members.get(member))
    }

    /// Returns `true` if one of these is stated, by whatever value.
    fn states(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.get(name).is_some())
    }

    /// Returns `true` if one of these is a number.
    fn bounds(&self, names: &[&str]) -> bool {
        names.iter().any(|name| {
            self.members().any(|members| members.get(*name).is_some_and(Value::is_number))
        })
    }

    fn types(&self) -> BTreeSet<&'a str> {
        let mut types = BTreeSet::new();
        for kind in self.members().filter_map(|members| members.get("type")) {
            match kind {
                Value::String(kind) => drop(types.insert(kind.as_str())),
                Value::Array(kinds) => types.extend(kinds.iter().filter_map(Value::as_str)),
                _ => {}
            }
        }
        if types.is_empty() && self.states(&["properties", "additionalProperties"]) {
            types.insert("object");
        }
        if types.is_empty() && self.states(&["items", "prefixItems"]) {
            types.insert("array");
        }
        types.remove("null");
        types
    }

    /// Returns `true` if members that are not declared are refused, or bounded as those of a map.
    fn is_closed(&self) -> bool {
        let refuses = |member: &str| {
            let mut stated = self.members().filter_map(|members| members.get(member));
            stated.any(|value| *value == Value::Bool(false))
        };
        refuses("additionalProperties")
            || refuses("unevaluatedProperties")
            || (self.bounds(&["maxProperties"])
                && self.get("additionalProperties").is_some_and(Value::is_object))
    }
}

impl<'a> Lint<'a> {
    /// Looks at a schema of an input, and at all that stands in it.
    pub(super) fn input(&mut self, schema: &'a Value, place: String, about: &str) {
        // Those that are left, and no recursion: how deep they are is up to the document.
        let mut left = VecDeque::from([(schema, place, about.to_owned())]);
        while let Some((schema, place, about)) = left.pop_front() {
            self.schema(schema, place, &about, &mut left);
        }
    }

    /// Looks at one schema, and leaves those in it for later.
    fn schema(&mut self, schema: &'a Value, place: String, about: &str, left: &mut Left<'a>) {
        let document = self.document;
        let Some((value, place)) = resolve(document, schema, place) else { return };
        // Of a schema that several inputs have there is one finding, and one that contains itself is looked at once.
        if !self.seen.insert(("schema", place.clone())) {
            return;
        }
        let mut whole = Whole::default();
        whole.add(document, value, &place);
        children(&whole, about, left);
        let is_closed_set = whole.states(&["enum", "const"]);
        let branches = ["oneOf", "anyOf"].iter().any(|member| whole.states(&[member]));
        let types = whole.types();
        if is_closed_set || value == &Value::Bool(false) {
            return;
        }
        let has_items = !types.contains("array") || whole.states(&["items", "prefixItems"]);
        self.ask(&UNTYPED, &place, (!types.is_empty() || branches) && has_items, about);
        let mut holds = |rule: &'static LintRule, holds: bool| self.ask(rule, &place, holds, about);
        let format = whole.get("format").and_then(Value::as_str);
        if types.contains("string") && !branches {
            let is_fixed = format.is_some_and(|format| FIXED.contains(&format));
            holds(&OPEN_STRING, is_fixed || whole.bounds(&["maxLength"]));
            holds(&FREE_STRING, whole.states(&["pattern", "format", "contentMediaType"]));
        }
        if types.contains("array") {
            let is_tuple = whole.get("items") == Some(&Value::Bool(false));
            holds(&OPEN_ARRAY, is_tuple || whole.bounds(&["maxItems"]));
        }
        if (types.contains("integer") || types.contains("number")) && !branches {
            let bounded = whole.bounds(&["minimum", "exclusiveMinimum"])
                && whole.bounds(&["maximum", "exclusiveMaximum"]);
            holds(&OPEN_NUMBER, bounded);
            holds(&FREE_NUMBER, format.is_some());
        }
        if types.contains("object") {
            let is_only_branches = branches && !whole.states(&["properties"]);
            holds(&OPEN_OBJECT, is_only_branches || whole.is_closed());
        }
    }
}

/// Leaves the schemas in a schema and in its parts for later. Of a part itself nothing is asked: it is one of the whole.
fn children<'a>(whole: &Whole<'a>, about: &str, left: &mut Left<'a>) {
    for (value, place) in &whole.parts {
        for member in ["properties", "patternProperties"] {
            let properties = value.get(member).and_then(Value::as_object);
            for (name, property) in properties.into_iter().flatten() {
                if property.get("readOnly") == Some(&Value::Bool(true)) {
                    continue;
                }
                let at = join(&join(place, member), name);
                left.push_back((property, at, within(about, name)));
            }
        }
        for member in ["items", "additionalProperties", "unevaluatedProperties"] {
            if let Some(inner) = value.get(member).filter(|inner| inner.is_object()) {
                left.push_back((inner, join(place, member), within(about, member)));
            }
        }
        for member in ["oneOf", "anyOf", "prefixItems"] {
            let branches = value.get(member).and_then(Value::as_array).into_iter().flatten();
            for (index, branch) in branches.enumerate() {
                let at = join(&join(place, member), &index.to_string());
                if branch.get("type").and_then(Value::as_str) != Some("null") {
                    left.push_back((branch, at, about.to_owned()));
                }
            }
        }
    }
}

/// Names what is in something, unless that is deep already: the place tells it too.
fn within(about: &str, name: &str) -> String {
    if about.len() < LONGEST { format!("{about}, {name}") } else { about.to_owned() }
}
