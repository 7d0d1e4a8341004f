//! The values of an input as the names and texts of a query, a form or an upload.

use serde_json::Value;

use super::world::plain;
use crate::{
    docs::Examples,
    inventory::{ApiModel, ArgumentModel, FieldModel, Operation, Schema},
};

/// A value that is sent by this name, and its field.
pub(super) struct Place<'a> {
    pub(super) name: String,
    pub(super) field: &'a FieldModel,
    /// The input of the query that it is in, where it is in one.
    pub(super) within: Option<&'a FieldModel>,
}

impl Place<'_> {
    /// Has a query the whole input that this is in, so that nothing else of it is missing. Returns `true` if it was not there.
    pub(super) fn surround(
        &self,
        model: &ApiModel,
        version: usize,
        query: &mut Vec<(String, String)>,
    ) -> bool {
        let Some(within) = self.within else { return false };
        let start = format!("{}[", within.name);
        if query.iter().any(|(name, _)| name.starts_with(&start)) {
            return false;
        }
        if let Some(value) = Examples::new(model, version).of(&within.schema, &within.name) {
            query.extend(pairs(model, &within.schema, &within.name, &value));
        }
        true
    }
}

/// Returns the places of an input, those of a version, and those of inputs in it. A type may contain itself.
pub(super) fn places<'a>(model: &'a ApiModel, version: usize, id: &'a str) -> Vec<Place<'a>> {
    let mut found = Vec::new();
    collect(model, version, (id, ""), None, &mut vec![id], &mut found);
    found
}

fn collect<'a>(
    model: &'a ApiModel,
    version: usize,
    (id, at): (&'a str, &str),
    within: Option<&'a FieldModel>,
    seen: &mut Vec<&'a str>,
    found: &mut Vec<Place<'a>>,
) {
    for field in model.fields(id).iter().filter(|field| model.has_field(version, field)) {
        let name = named(at, &field.name);
        match field.schema.nested() {
            Some(id) if !seen.contains(&id) => {
                seen.push(id);
                collect(model, version, (id, &name), within.or(Some(field)), seen, found);
                seen.pop();
            }
            Some(_) => {}
            None => found.push(Place { name, field, within }),
        }
    }
}

/// Returns the name of a member of what is called so.
fn named(at: &str, member: &str) -> String {
    match (at, member.strip_suffix("[]")) {
        ("", _) => member.to_owned(),
        (at, Some(member)) => format!("{at}[{member}][]"),
        (at, None) => format!("{at}[{member}]"),
    }
}

/// Returns the names and texts that a value is sent as.
pub(super) fn pairs(
    model: &ApiModel,
    schema: &Schema,
    name: &str,
    value: &Value,
) -> Vec<(String, String)> {
    let one = |text| vec![(name.to_owned(), text)];
    match (value, schema.separated(), schema.nested()) {
        (Value::Null, ..) => Vec::new(),
        _ if schema.is_json() => one(value.to_string()),
        (Value::Array(items), Some(by), _) => {
            one(items.iter().map(plain).collect::<Vec<_>>().join(by))
        }
        (Value::Array(items), None, _) => items.iter().flat_map(|item| one(plain(item))).collect(),
        (Value::Object(_), _, Some(id)) => object(model, id, name, value),
        (Value::Object(entries), _, None) => {
            let entries = entries.iter();
            entries.map(|(key, value)| (named(name, key), plain(value))).collect()
        }
        _ => one(plain(value)),
    }
}

/// Returns `true` if a list is read as the one that it is: none of its items has in it what stands between them.
pub(super) fn is_read_alike(schema: &Schema, value: &Value) -> bool {
    let (Some(by), Value::Array(items)) = (schema.separated(), value) else { return true };
    items.iter().all(|item| !plain(item).contains(by))
}

/// Returns the names and texts of the form that an operation takes.
pub(super) fn form(
    model: &ApiModel,
    operation: &Operation,
    value: &Value,
) -> Vec<(String, String)> {
    let schema = operation.arguments.iter().find_map(|argument| match argument {
        ArgumentModel::Body { schema, .. } => schema.named(),
        _ => None,
    });
    object(model, schema.unwrap_or_default(), "", value)
}

/// Returns the names and texts of an object that is called so, as a query or a form has them; of the whole input, which has no name.
fn object(model: &ApiModel, id: &str, at: &str, value: &Value) -> Vec<(String, String)> {
    let fields = model.fields(id);
    let members = value.as_object().into_iter().flatten();
    let sent = |(member, value): (&String, &Value)| {
        let name = named(at, member);
        match fields.iter().find(|field| field.name == *member) {
            Some(field) => pairs(model, &field.schema, &name, value),
            None => vec![(name, plain(value))],
        }
    };
    members.flat_map(sent).collect()
}
