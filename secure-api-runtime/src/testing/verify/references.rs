//! References: the places of inputs that name objects, filled with those of the caller, and of somebody else.

use serde_json::{Value, json};

use super::{
    Check,
    crossing::spots_within,
    draft::{By, Content, Draft, Part, Persona, Target},
    inputs::{is_refused, put},
    objects::{owner, owners},
    world::{World, plain},
};
use crate::{
    input::header_name,
    inventory::{ArgumentModel, FieldModel, Schema},
};

/// A place of an input that names an object by its key.
struct Place<'a> {
    at: At,
    field: &'a FieldModel,
    object: &'a str,
}

/// The part of a request that a place is in.
enum At {
    Query,
    Header,
    Cookie,
    /// A member of the body, by its pointer.
    Member(String),
    /// A part of an upload.
    Part,
}

impl Place<'_> {
    /// Returns `true` if a request has something there.
    fn is_filled(&self, draft: &Draft<'_>) -> bool {
        let name = &self.field.name;
        let is_empty = |value: &Value| match value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            _ => false,
        };
        match (&self.at, &draft.content) {
            (At::Query, _) => draft.query.iter().any(|(other, _)| other == name),
            (At::Header, _) => {
                let name = header_name(name).to_ascii_lowercase();
                draft.further.iter().any(|(other, _)| *other == name)
            }
            (At::Cookie, _) => {
                let start = format!("{name}=");
                draft.further.iter().any(|(_, pair)| pair.starts_with(&start))
            }
            (At::Member(pointer), Content::Value(_, body)) => {
                body.pointer(pointer).is_some_and(|value| !is_empty(value))
            }
            (At::Part, Content::Parts(parts)) => parts.iter().any(|part| part.field == *name),
            _ => false,
        }
    }

    /// Names the object with this key there.
    fn fill(&self, draft: &mut Draft<'_>, key: &str) {
        let (name, value) = (&self.field.name, value(&self.field.schema, key));
        match &self.at {
            At::Query => {
                draft.query.retain(|(other, _)| other != name);
                draft.query.push((name.clone(), plain(&value)));
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
fn places<'a>(world: &'a World, draft: &Draft<'a>) -> Vec<Place<'a>> {
    let model = &world.model;
    let version = model.place(&draft.target.version.segment).unwrap_or_default();
    let mut found = Vec::new();
    let mut add = |at: At, field: &'a FieldModel| {
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
                fields(schema).for_each(|field| add(At::Query, field));
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

/// Returns the object that a request of this route has to name in an input, if it has to name one.
pub(super) fn demanded<'a>(world: &'a World, target: Target<'a>) -> Option<&'a str> {
    let draft = world.rough(target);
    let first = places(world, &draft).into_iter().find(|place| place.is_filled(&draft));
    first.map(|place| place.object)
}

/// Names an object of the caller wherever an input has to refer to one. Where none can be made, what the test gave stays.
pub(super) async fn refer(world: &World, draft: &mut Draft<'_>, caller: &Persona) {
    let target = draft.target;
    for place in places(world, draft) {
        if !place.is_filled(draft) {
            continue;
        }
        let object = place.object;
        let mut found = world.owned(object, caller, target, false).await;
        if found.is_err() && world.shared(object).is_some() {
            let anybody = caller.named(&owners(world, object)[0]);
            found = world.owned(object, &anybody, target, false).await;
        }
        match found {
            Ok(keys) => place.fill(draft, keys.get(object).map_or("", |key| key)),
            Err(_) if world.given.bodies.contains_key(&target.operation.name) => {}
            Err(reason) => drop(draft.lacks.get_or_insert(reason)),
        }
    }
}

/// Names objects of somebody else in the body and in the query.
pub(super) async fn check(world: &World, target: Target<'_>) {
    let draft = world.rough(target);
    let places = places(world, &draft);
    for place in &places {
        if let Err(reason) = another(world, target, place).await {
            world.untested(Check::References, target, reason);
        }
    }
    let version = world.model.place(&target.version.segment).unwrap_or_default();
    for (input, field) in world.model.input_fields(target.operation) {
        let is_there = places.iter().any(|place| std::ptr::eq(place.field, field));
        if let Some(object) = referred(field)
            && world.model.has_field(version, field)
            && !is_there
        {
            let name = &target.operation.name;
            let reason = format!(
                "{} of {input} names a {object}, and the body has no {input}: give one that has, by `.body({name:?}, …)`",
                field.name
            );
            world.untested(Check::References, target, reason);
        }
    }
}

/// Names an object of somebody else at one place; or says why that cannot be tried.
async fn another(world: &World, target: Target<'_>, place: &Place<'_>) -> Result<(), String> {
    let Place { object, field: FieldModel { name, .. }, .. } = place;
    if let Some(shared) = world.shared(object) {
        return Err(shared);
    }
    let mine = owner(world, target);
    let others = owners(world, object).into_iter().find(|one| *one != mine).unwrap_or_default();
    let admitted = |subject: &str| world.admitted(target.operation, subject);
    let (Some(caller), Some(other)) = (admitted(&mine), admitted(&others)) else { return Ok(()) };
    let keys = world.owned(object, &other, target, false).await;
    let keys = keys.map_err(|reason| format!("of somebody else, {reason}"))?;
    let key = keys.get(*object).map_or("", |key| key);
    let draft = named(world, target, &caller, place, key).await?;
    let reply = world.send(&draft, &By::caller(caller)).await;
    let status = if matches!(place.at, At::Query) { 400 } else { 422 };
    if reply.status() == status {
        // Whose it is may name it: a key that is none would be refused to anybody.
        let own = named(world, target, &other, place, key).await?;
        if is_refused(&world.send(&own, &By::caller(other)).await) {
            return Err(format!("{others} may not name an own {object} in {name} either"));
        }
    }
    let why = format!(
        "{status} was expected of {object} of somebody else in {name}; {}",
        world.unless_shared(object)
    );
    world.judge(Check::References, target, reply.status() == status, (&why, &reply));
    Ok(())
}

/// Returns a request of a caller that names the object with this key at a place.
async fn named<'a>(
    world: &'a World,
    target: Target<'a>,
    caller: &Persona,
    place: &Place<'_>,
    key: &str,
) -> Result<Draft<'a>, String> {
    let mut draft = world.good(target, Some(caller), false).await;
    if let Some(lacks) = draft.lacks.take().filter(|_| !draft.unstepped) {
        return Err(lacks);
    }
    place.fill(&mut draft, key);
    Ok(draft)
}

/// Returns the object that a field refers to.
pub(super) fn referred(field: &FieldModel) -> Option<&str> {
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
