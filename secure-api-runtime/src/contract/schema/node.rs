//! A schema as it is compared: references followed, `allOf` put together, null told apart, of OpenAPI 3.0 and 3.1 alike.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashSet},
};

use serde_json::{Map, Value, json};

use super::{
    bounds::LEVELS,
    merged::{flat, merge},
};
use crate::contract::documents::Source;

/// The most unions of one member that stand in each other.
const DEEPEST: usize = 40;

/// The types of which some keywords alone say something (JSON Schema Validation, section 6, and its applicators).
const OF_TYPES: &[(&str, &[&str])] = &[
    ("array", &["items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
        ],
    ),
    ("string", &["minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
];

/// A schema, put together.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The name of the reference that led here, if one did.
    pub(super) name: Option<String>,
    /// The reference that leads nowhere, if it does.
    pub(super) lost: Option<String>,
    /// Its keywords, without references, `allOf` and what is told below.
    pub(super) words: Map<String, Value>,
    /// Its types without null; none is any.
    pub(super) types: BTreeSet<String>,
    /// Set where null is taken.
    pub(super) nullable: bool,
    /// Set where nothing is taken.
    pub(super) never: bool,
    /// The names of what it requires, for whoever asks for each of them.
    required: OnceCell<HashSet<String>>,
}

impl Node {
    /// Reads a schema of a document.
    pub(super) fn read(source: Source<'_>, schema: &Value) -> Self {
        Self::within(source, schema, 0)
    }

    /// Reads a schema that stands alone in so many unions.
    fn within(source: Source<'_>, schema: &Value, unions: usize) -> Self {
        let name = schema.get("$ref").and_then(Value::as_str).map(last_of);
        let mut node = Self { name, ..Self::default() };
        let mut steps = 0;
        node.words = flat(source, schema, (0, &mut steps), &mut node.lost);
        node.never = node.words.remove("\0never").is_some();
        node.part_from_null(source, unions);
        node.drop_idle();
        node
    }

    /// Returns a keyword's value.
    pub(super) fn word(&self, name: &str) -> Option<&Value> {
        self.words.get(name)
    }

    /// Returns `true` for a keyword that says so.
    pub(super) fn is(&self, name: &str) -> bool {
        self.words.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Returns the members of its union: `oneOf` or `anyOf`.
    pub(super) fn members(&self) -> Option<(&'static str, &[Value])> {
        let of = |name| Some((name, self.words.get(name)?.as_array()?.as_slice()));
        of("oneOf").or_else(|| of("anyOf"))
    }

    /// Returns its properties.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.words.get("properties").and_then(Value::as_object);
        members.into_iter().flatten().map(|(name, schema)| (&**name, schema))
    }

    /// Returns one of its properties.
    pub(super) fn property(&self, name: &str) -> Option<&Value> {
        self.words.get("properties").and_then(|properties| properties.as_object()?.get(name))
    }

    /// Returns `true` if an object has this property always.
    pub(super) fn requires(&self, name: &str) -> bool {
        let names = || {
            let required = self.words.get("required").and_then(Value::as_array);
            let names = required.into_iter().flatten().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        };
        self.required.get_or_init(names).contains(name)
    }

    /// Returns `true` if nothing is said but what people read.
    pub(super) fn is_any(&self) -> bool {
        !self.never && self.types.is_empty() && self.words.keys().all(|word| is_prose(word))
    }

    /// Returns the same without what only people read, for a comparison as a whole.
    pub(super) fn gist(&self) -> Value {
        let words = self.words.iter().filter(|(word, _)| !is_prose(word));
        let words: Map<_, _> = words.map(|(word, value)| (word.clone(), sorted(value))).collect();
        json!([sorted(&Value::Object(words)), self.types, self.nullable, self.never, self.lost])
    }

    /// Leaves out keywords of other types than are stated: they say nothing of any value.
    fn drop_idle(&mut self) {
        if self.types.is_empty() {
            return;
        }
        let is_number =
            |types: &BTreeSet<String>| types.contains("number") || types.contains("integer");
        let has = |name: &str| match name {
            "number" => is_number(&self.types),
            name => self.types.contains(name),
        };
        let idle = OF_TYPES.iter().filter(|(name, _)| !has(name));
        let idle: Vec<&str> = idle.flat_map(|(_, words)| words.iter().copied()).collect();
        self.words.retain(|word, _| !idle.contains(&word.as_str()));
    }

    fn part_from_null(&mut self, source: Source<'_>, unions: usize) {
        self.nullable = self.words.remove("nullable").is_some_and(|value| value == true);
        let types = match self.words.remove("type") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(all)) => {
                all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        let stated = !types.is_empty();
        self.types = types.into_iter().collect();
        let null = self.types.remove("null");
        self.nullable |= null;
        if null && self.types.is_empty() && stated {
            // Null and nothing else.
            self.types.insert("null".to_owned());
        }
        if let Some(Value::Array(values)) = self.words.get_mut("enum")
            && values.len() > 1
        {
            let count = values.len();
            values.retain(|value| !value.is_null());
            self.nullable |= values.len() < count;
        }
        for union in ["oneOf", "anyOf"] {
            self.part_union(source, union, unions);
        }
    }

    /// Takes null out of a union, and puts together one that has a single member.
    fn part_union(&mut self, source: Source<'_>, union: &str, unions: usize) {
        let Some(Value::Array(mut members)) = self.words.remove(union) else { return };
        let count = members.len();
        let is_null = |member: &Value| {
            member.get("type").is_some_and(|one| one == "null" || *one == json!(["null"]))
                || member.get("const").is_some_and(Value::is_null)
        };
        members.retain(|member| !is_null(member));
        self.nullable |= members.len() < count;
        if let [only] = &members[..]
            && unions < DEEPEST
        {
            let inner = Self::within(source, only, unions + 1);
            self.name = self.name.take().or(inner.name);
            self.lost = self.lost.take().or(inner.lost);
            self.nullable |= inner.nullable;
            if self.types.is_empty() {
                self.types = inner.types;
            }
            inner.words.into_iter().for_each(|(word, value)| merge(&mut self.words, word, value));
        } else if !members.is_empty() {
            self.words.insert(union.to_owned(), Value::Array(members));
        }
    }
}

/// Returns `true` for a keyword that is read by people only.
pub(super) fn is_prose(word: &str) -> bool {
    const PROSE: &[&str] = &[
        "description",
        "title",
        "example",
        "examples",
        "externalDocs",
        "$comment",
        "deprecated",
        "xml",
        "$schema",
        "$id",
        "$anchor",
        "$defs",
        "definitions",
        "default",
        "readOnly",
        "writeOnly",
    ];
    PROSE.contains(&word) || (word.starts_with("x-") && word != LEVELS)
}

/// Returns the name that a reference ends with.
fn last_of(reference: &str) -> String {
    reference.rsplit('/').next().unwrap_or(reference).to_owned()
}

/// Returns a value whose members and sets are in one order.
pub(in crate::contract) fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(name, value)| (name.clone(), sorted_as(name, value)))
                .collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        plain => plain.clone(),
    }
}

fn sorted_as(name: &str, value: &Value) -> Value {
    let mut value = sorted(value);
    if ["required", "enum", "type"].contains(&name)
        && let Value::Array(items) = &mut value
    {
        items.sort_by_key(ToString::to_string);
    }
    value
}
