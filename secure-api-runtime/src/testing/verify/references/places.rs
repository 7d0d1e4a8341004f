//! The places at which a request names objects by their keys.

use serde_json::{Value, json};

use super::super::{
    draft::{Content, Draft, Part},
    flat,
    inputs::{put, set},
    spots::spots_within,
    world::{World, plain},
};
use crate::{
    docs::Examples,
    input::header_name,
    inventory::{ArgumentModel, FieldModel, Schema},
};

/// A place of an input that names an object by its key.
pub(super) struct Place<'a> {
    at: At<'a>,
    pub(super) field: &'a FieldModel,
    pub(super) object: &'a str,
}

/// The part of a request that a place is in.
enum At<'a> {
    /// A parameter of the query, of its own or of an input in it.
    Query(flat::Place<'a>),
    /// A member of a parameter that is JSON, by its pointer.
    Json(&'a FieldModel, String),
    Header,
    Cookie,
    /// A member of the body, by its pointer.
    Member(String),
    /// A part of an upload.
    Part,
}

impl Place<'_> {
    /// Returns `true` if a request has something there.
    pub(super) fn is_filled(&self, draft: &Draft<'_>) -> bool {
        let name = &self.field.name;
        let is_there = |value: Option<&Value>| match value {
            None | Some(Value::Null) => false,
            Some(Value::Array(items)) => !items.is_empty(),
            Some(Value::Object(entries)) => !entries.is_empty(),
            Some(_) => true,
        };
        match (&self.at, &draft.content) {
            (At::Query(place), _) => draft.query.iter().any(|(other, _)| *other == place.name),
            (At::Json(parameter, pointer), _) => {
                is_there(sent(draft, parameter).as_ref().and_then(|value| value.pointer(pointer)))
            }
            (At::Header, _) => {
                let name = header_name(name).to_ascii_lowercase();
                draft.further.iter().any(|(other, _)| *other == name)
            }
            (At::Cookie, _) => {
                let start = format!("{name}=");
                draft.further.iter().any(|(_, pair)| pair.starts_with(&start))
            }
            (At::Member(pointer), Content::Value(_, body)) => is_there(body.pointer(pointer)),
            (At::Part, Content::Parts(parts)) => parts.iter().any(|part| part.field == *name),
            _ => false,
        }
    }

    /// Returns `true` if it is in the query.
    pub(super) fn is_of_query(&self) -> bool {
        matches!(self.at, At::Query(_) | At::Json(..))
    }

    /// Names the object with this key there.
    pub(super) fn fill(&self, world: &World, draft: &mut Draft<'_>, key: &str) {
        let (name, value) = (&self.field.name, value(&self.field.schema, key));
        let version = world.model.place(&draft.target.version.segment).unwrap_or_default();
        match &self.at {
            At::Query(place) => {
                place.surround(&world.model, version, &mut draft.query);
                draft.query.retain(|(other, _)| *other != place.name);
                draft.query.extend(flat::pairs(
                    &world.model,
                    &self.field.schema,
                    &place.name,
                    &value,
                ));
            }
            At::Json(parameter, pointer) => {
                let mut whole = sent(draft, parameter).or_else(|| example(world, draft, parameter));
                if let Some(whole) = &mut whole
                    && set(whole, pointer, value)
                {
                    draft.query.retain(|(other, _)| *other != parameter.name);
                    draft.query.push((parameter.name.clone(), whole.to_string()));
                }
            }
            At::Header => draft.read_header(name, &[&plain(&value)]),
            At::Cookie => draft.cookie(name, &[&plain(&value)]),
            At::Member(pointer) => {
                if let Some(filled) = put(draft, pointer, value) {
                    *draft = filled;
                }
            }
            At::Part => {
                if let Content::Parts(parts) = &mut draft.content {
                    parts.retain(|part| part.field != *name);
                    let content = plain(&value).into_bytes();
                    parts.push(Part { field: name.clone(), file: None, content });
                }
            }
        }
    }
}

/// Returns the places at which a request can name objects.
pub(super) fn places<'a>(world: &'a World, draft: &Draft<'a>) -> Vec<Place<'a>> {
    let model = &world.model;
    let version = model.place(&draft.target.version.segment).unwrap_or_default();
    let mut found = Vec::new();
    let mut add = |at: At<'a>, field: &'a FieldModel| {
        if let Some(object) = referred(field) {
            found.push(Place { at, field, object });
        }
    };
    let fields = |schema: &'a str| {
        model.fields(schema).iter().filter(|field| model.has_field(version, field))
    };
    for argument in &draft.target.operation.arguments {
        match (argument, &draft.content) {
            (ArgumentModel::Query(schema), _) => {
                for place in flat::places(model, version, schema) {
                    let field = place.field;
                    if !field.schema.is_json() || referred(field).is_some() {
                        add(At::Query(place), field);
                        continue;
                    }
                    let whole = sent(draft, field).or_else(|| example(world, draft, field));
                    let whole = whole.unwrap_or_default();
                    for spot in spots_within(model, version, &field.schema, &whole) {
                        add(At::Json(field, spot.pointer), spot.field);
                    }
                }
            }
            (ArgumentModel::Headers(schema), _) => {
                fields(schema).for_each(|field| add(At::Header, field));
            }
            (ArgumentModel::Cookies(schema), _) => {
                fields(schema).for_each(|field| add(At::Cookie, field));
            }
            (ArgumentModel::Body { schema, .. }, Content::Value(_, body)) => {
                for spot in spots_within(model, version, schema, body) {
                    add(At::Member(spot.pointer), spot.field);
                }
            }
            (ArgumentModel::Body { schema, .. }, Content::Parts(_)) => {
                fields(schema.named().unwrap_or_default()).for_each(|field| add(At::Part, field));
            }
            _ => {}
        }
    }
    found
}

/// Returns the value of a parameter that is JSON, as a request has it.
fn sent(draft: &Draft<'_>, parameter: &FieldModel) -> Option<Value> {
    let (_, text) = draft.query.iter().find(|(name, _)| *name == parameter.name)?;
    serde_json::from_str(text).ok()
}

fn example(world: &World, draft: &Draft<'_>, parameter: &FieldModel) -> Option<Value> {
    let version = world.model.place(&draft.target.version.segment).unwrap_or_default();
    Examples::new(&world.model, version).of(&parameter.schema, &parameter.name)
}

/// Returns the object that a field refers to.
pub(in super::super) fn referred(field: &FieldModel) -> Option<&str> {
    fn of(schema: &Schema) -> Option<&str> {
        match schema {
            Schema::Ruled(inner, rules) => match &rules.refers {
                Some(reference) => Some(&reference.object),
                None => of(inner),
            },
            Schema::Nullable(schema)
            | Schema::List { item: schema, .. }
            | Schema::Map { value: schema, .. } => of(schema),
            _ => None,
        }
    }
    of(&field.schema)
}

/// Returns a key as the field has it: in a list, in a map, as a number.
fn value(schema: &Schema, key: &str) -> Value {
    match schema {
        Schema::List { item, .. } => Value::Array(vec![value(item, key)]),
        Schema::Map { value: of, .. } => json!({ "verify": value(of, key) }),
        Schema::Ruled(inner, _) | Schema::Nullable(inner) => value(inner, key),
        Schema::Integer { .. } | Schema::Number { .. } => {
            serde_json::from_str(key).unwrap_or_else(|_| key.into())
        }
        _ => key.into(),
    }
}
