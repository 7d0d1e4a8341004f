//! The values of an input as the names and texts of a query, a form or an upload.

use serde_json::Value;

use super::world::plain;
use crate::inventory::{ApiModel, FieldModel, Schema};

/// A value that is sent by this name, and its field.
pub(super) struct Place<'a> {
    pub(super) name: String,
    pub(super) field: &'a FieldModel,
}

/// Returns the places of an input that has these fields, those of a version.
pub(super) fn places<'a>(model: &'a ApiModel, version: usize, id: &str) -> Vec<Place<'a>> {
    let fields = model.fields(id).iter().filter(|field| model.has_field(version, field));
    fields.map(|field| Place { name: field.name.clone(), field }).collect()
}

/// Returns the names and texts that a value is sent as.
pub(super) fn pairs(schema: &Schema, name: &str, value: &Value) -> Vec<(String, String)> {
    match (value, schema.separated()) {
        (Value::Null, _) => Vec::new(),
        (Value::Array(items), Some(by)) => {
            let items: Vec<_> = items.iter().map(plain).collect();
            vec![(name.to_owned(), items.join(by))]
        }
        (Value::Array(items), None) => {
            items.iter().map(|item| (name.to_owned(), plain(item))).collect()
        }
        (value, _) => vec![(name.to_owned(), plain(value))],
    }
}

/// Returns `true` if a list is read as the one that it is: none of its items has in it what stands between them.
pub(super) fn is_read_alike(schema: &Schema, value: &Value) -> bool {
    let (Some(by), Value::Array(items)) = (schema.separated(), value) else { return true };
    items.iter().all(|item| !plain(item).contains(by))
}

/// Returns the fields of a form as it is sent.
pub(super) fn form(model: &ApiModel, id: &str, value: &Value) -> Vec<(String, String)> {
    let fields = model.fields(id);
    let members = value.as_object().into_iter().flatten();
    let sent =
        |(name, value): (&String, &Value)| match fields.iter().find(|field| field.name == *name) {
            Some(field) => pairs(&field.schema, name, value),
            None => vec![(name.clone(), plain(value))],
        };
    members.flat_map(sent).collect()
}
