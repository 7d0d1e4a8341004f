//! Inputs: each bound of each field crossed by one, members that should not be there, and parameters of queries.

use serde_json::{Value, json};

use super::{
    Check,
    crossing::{crossings, of_another_type},
    draft::{By, Content, Draft, Persona, Target},
    fits::misfit,
    objects,
    queries::{head, query},
    references,
    spots::{Spot, forms, spots_within},
    uploads,
    world::World,
};
use crate::{
    docs::Examples,
    inventory::{ArgumentModel, Schema},
    testing::reply::Reply,
};

pub(super) async fn check(world: &World, target: Target<'_>) {
    let caller = world.admitted(target.operation, &objects::owner(world, target));
    if caller.is_some() && !world.holds(target.operation) {
        world.untested(Check::Bounds, target, "no credentials of its kinds are there");
        return;
    }
    let mut draft = world.rough(target);
    if let Some(caller) = &caller {
        references::refer(world, &mut draft, caller).await;
    }
    for argument in &target.operation.arguments {
        match argument {
            ArgumentModel::Body { schema, .. } if matches!(draft.content, Content::Parts(_)) => {
                let schema = schema.named().unwrap_or_default();
                uploads::check(world, &draft, schema, caller.as_ref()).await;
            }
            ArgumentModel::Body { schema, .. } => {
                body(world, &draft, schema, caller.as_ref()).await
            }
            ArgumentModel::Query(schema) => query(world, &draft, schema, caller.as_ref()).await,
            ArgumentModel::Headers(schema) | ArgumentModel::Cookies(schema) => {
                let cookies = matches!(argument, ArgumentModel::Cookies(_));
                head(world, &draft, (schema, cookies), caller.as_ref()).await;
            }
            ArgumentModel::Paging => paging(world, &draft, caller.as_ref()).await,
            _ => {}
        }
    }
    let reads = |argument: &ArgumentModel| {
        matches!(argument, ArgumentModel::Extractor(_) | ArgumentModel::BodyExtractor(_))
    };
    if target.operation.arguments.iter().any(reads) {
        world.untested(Check::Queries, target, "an extractor of axum's may read any parameter");
        return;
    }
    let mut unknown = draft.clone();
    unknown.query.push(("verify_unknown".to_owned(), "1".to_owned()));
    let reply = world.send(&unknown, &By::from(caller)).await;
    let why = "400 was expected of an unknown parameter";
    world.judge(Check::Queries, target, reply.status() == 400, (why, &reply));
}

/// Returns true for a refusal of what a body says.
pub(super) fn is_refused(reply: &Reply) -> bool {
    let text = String::from_utf8_lossy(reply.bytes());
    let code = ["secure-api:invalid-input", "secure-api:malformed"];
    matches!(reply.status(), 400 | 422) && code.iter().any(|code| text.contains(code))
}

async fn body(world: &World, draft: &Draft<'_>, schema: &Schema, caller: Option<&Persona>) {
    let target = draft.target;
    let by = By::from(caller.cloned());
    let Content::Value(media, value) = &draft.content else {
        let lacks = draft.lacks.clone().unwrap_or_default();
        world.untested(Check::Bounds, target, lacks);
        return;
    };
    let plainly = world.send(draft, &by).await;
    if is_refused(&plainly) {
        let reason = "the body made of its rules is refused: give one by `.body(…)`".to_owned();
        world.untested(Check::Bounds, target, draft.lacks.clone().unwrap_or(reason));
        return;
    }
    let version = world.model.place(&target.version.segment).unwrap_or_default();
    let is_form = media.ends_with("form-urlencoded");
    spots(world, draft, schema, caller).await;
    for (form, value) in forms(&world.model, version, schema, value) {
        let mut other = Draft { content: Content::Value(media, value), ..draft.clone() };
        if let Some(caller) = caller {
            references::refer(world, &mut other, caller).await;
        }
        if other.lacks.is_some() || is_refused(&world.send(&other, &by).await) {
            let reason = format!("a body with the form {form}, made of its rules, is refused");
            world.untested(Check::Bounds, target, other.lacks.unwrap_or(reason));
            continue;
        }
        spots(world, &other, schema, caller).await;
    }
    for (bound, value) in crossings(&world.model, version, schema, "body") {
        let crossed = Draft { content: Content::Value(media, value), ..draft.clone() };
        let reply = world.send(&crossed, &by).await;
        let why = format!("the body has the bound {bound:?}, which was crossed");
        world.judge(Check::Bounds, target, is_refused(&reply), (&why, &reply));
    }
    if !is_form && !matches!(schema, Schema::Free { object: false, .. }) {
        whole(world, draft, (media, value, schema), &by).await;
    }
}

/// Crosses the bounds of each field of a body, at any depth.
async fn spots(world: &World, draft: &Draft<'_>, schema: &Schema, caller: Option<&Persona>) {
    let Content::Value(media, value) = &draft.content else { return };
    let (target, by) = (draft.target, By::from(caller.cloned()));
    let version = world.model.place(&target.version.segment).unwrap_or_default();
    let is_form = media.ends_with("form-urlencoded");
    for spot in spots_within(&world.model, version, schema, value) {
        let Spot { pointer, field, .. } = &spot;
        if !field.set_by.is_empty() {
            set_by(world, draft, &spot, caller).await;
            continue;
        }
        let mut wrong: Vec<(String, Value)> = Vec::new();
        for (bound, value) in crossings(&world.model, version, &field.schema, &field.name) {
            wrong.push((format!("{pointer} has the bound {bound:?}, which was crossed"), value));
        }
        let deeper = spot.deeper.clone();
        wrong.extend(deeper.map(|value| (format!("{pointer} nests deeper than it may"), value)));
        for (why, value) in wrong {
            let crossed = put(draft, pointer, value);
            let crossed = crossed.filter(|crossed| spot.is_wrong(&world.model, version, crossed));
            if let Some(crossed) = crossed {
                let reply = world.send(&crossed, &by).await;
                world.judge(Check::Bounds, target, is_refused(&reply), (&why, &reply));
            }
        }
        if !is_form {
            members(world, draft, &spot, &by).await;
        }
    }
}

/// Returns the draft with a value at a place of its body, which may not have been there.
pub(super) fn put<'a>(draft: &Draft<'a>, pointer: &str, value: Value) -> Option<Draft<'a>> {
    let mut changed = draft.clone();
    let Content::Value(_, body) = &mut changed.content else { return None };
    set(body, pointer, value).then_some(changed)
}

/// Sets a value at a place, which may not have been there; returns `false` where nothing is around it.
pub(super) fn set(whole: &mut Value, pointer: &str, value: Value) -> bool {
    let Some((parent, step)) = pointer.rsplit_once('/') else { return false };
    let members = whole.pointer_mut(parent).and_then(Value::as_object_mut);
    members.map(|members| members.insert(name_of(step), value)).is_some()
}

/// Returns the name that a step of a pointer stands for (RFC 6901, section 4).
fn name_of(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// Leaves a member out that has to be there, and gives it another type, or null.
async fn members(world: &World, draft: &Draft<'_>, spot: &Spot<'_>, by: &By) {
    let Spot { pointer, field, .. } = spot;
    let mut wrong = Vec::new();
    // Of free JSON each type is one, and null too.
    let is_free = match &field.schema {
        Schema::Nullable(inner) => matches!(**inner, Schema::Free { object: false, .. }),
        schema => matches!(schema, Schema::Free { object: false, .. }),
    };
    let version = world.model.place(&draft.target.version.segment).unwrap_or_default();
    let other = of_another_type(&world.model, version, &field.schema);
    if let Some(other) = other.filter(|_| !is_free) {
        wrong.push(("another type", put(draft, pointer, other)));
    }
    if field.required && !matches!(field.schema, Schema::Nullable(_)) {
        let is_wrong = misfit(&world.model, version, &field.schema, &Value::Null, "").is_some();
        if !is_free && is_wrong {
            wrong.push(("null", put(draft, pointer, Value::Null)));
        }
        let (parent, step) = pointer.rsplit_once('/').unwrap_or_default();
        let without = draft.with(parent, |parent| {
            parent.as_object_mut().and_then(|members| members.remove(&name_of(step)));
        });
        wrong.push(("nothing", without));
    }
    for (what, changed) in wrong {
        let changed = changed.filter(|changed| spot.is_wrong(&world.model, version, changed));
        let Some(changed) = changed else { continue };
        let reply = world.send(&changed, by).await;
        let why = format!("{what} is at {pointer}");
        world.judge(Check::Members, draft.target, is_refused(&reply), (&why, &reply));
    }
}

/// Adds an unknown member where none may be, to the first item of a list, and repeats one.
async fn whole(
    world: &World,
    draft: &Draft<'_>,
    (media, value, schema): (&'static str, &Value, &Schema),
    by: &By,
) {
    let version = world.model.place(&draft.target.version.segment).unwrap_or_default();
    let closed = schema.named().is_some();
    let place = if value.is_array() { "/0" } else { "" };
    let unknown = draft.with(place, |object| {
        if closed && let Some(members) = object.as_object_mut() {
            members.insert("verify_unknown".to_owned(), true.into());
        }
    });
    let is_wrong = |value: &Value| misfit(&world.model, version, schema, value, "").is_some();
    let unknown = unknown
        .filter(|_| closed)
        .filter(|unknown| matches!(&unknown.content, Content::Value(_, value) if is_wrong(value)));
    let repeated =
        value.as_object().and_then(|members| members.iter().next()).map(|(name, first)| {
            let text = value.to_string();
            let bytes = format!("{{{}:{first},{}", Value::from(&**name), &text[1..]).into_bytes();
            Draft { content: Content::Bytes(Some(media.into()), bytes), ..draft.clone() }
        });
    let (other, bytes) = match value {
        Value::Array(_) => ("an object", json!({})),
        _ => ("a list", json!([])),
    };
    let other_form = is_wrong(&bytes).then(|| {
        let bytes = bytes.to_string().into_bytes();
        Draft { content: Content::Bytes(Some(media.into()), bytes), ..draft.clone() }
    });
    let wrong = [("an unknown member", unknown), ("a member twice", repeated), (other, other_form)];
    for (what, changed) in wrong {
        let Some(changed) = changed else { continue };
        let reply = world.send(&changed, by).await;
        let why = format!("{what} is in the body");
        world.judge(Check::Members, draft.target, is_refused(&reply), (&why, &reply));
    }
}

/// Sets a field as a caller without the roles that may.
async fn set_by(
    world: &World,
    draft: &Draft<'_>,
    Spot { pointer, field, .. }: &Spot<'_>,
    caller: Option<&Persona>,
) {
    let Some(caller) = caller else { return };
    if caller.roles.iter().any(|role| world.model.admits(&field.set_by, role)) {
        return;
    }
    let version = world.model.place(&draft.target.version.segment).unwrap_or_default();
    let value = Examples::new(&world.model, version).of(&field.schema, &field.name);
    let Some(set) = value.and_then(|value| put(draft, pointer, value)) else { return };
    let reply = world.send(&set, &By::caller(caller.clone())).await;
    let good = matches!(reply.status(), 403 | 422);
    let why = format!("{pointer} is set by {:?}, and was by {:?}", field.set_by, caller.roles);
    world.judge(Check::SetBy, draft.target, good, (&why, &reply));
}

async fn paging(world: &World, draft: &Draft<'_>, caller: Option<&Persona>) {
    for (name, value) in
        [("size", "0"), ("size", "1000000"), ("size", "many"), ("cursor", "made-up")]
    {
        let mut crossed = draft.clone();
        crossed.query.push((name.to_owned(), value.to_owned()));
        let reply = world.send(&crossed, &By::from(caller.cloned())).await;
        let why = format!("400 was expected of {name}={value}");
        world.judge(Check::Queries, draft.target, reply.status() == 400, (&why, &reply));
    }
}
