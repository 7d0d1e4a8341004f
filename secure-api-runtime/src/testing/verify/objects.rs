//! Objects: those of somebody else, of another tenant, below one that they do not belong to, in an input and in a list.

use serde_json::Value;

use super::{
    Check,
    draft::{By, Content, Draft, Persona, Target},
    world::{World, is_success},
};
use crate::inventory::{AccessModel, ArgumentModel, ContentModel, FieldModel, Schema};

/// The subjects whose objects are made, where none were given.
const OWNERS: [&str; 2] = ["owner-one", "owner-two"];

/// Returns the two owners of objects of this type.
pub(super) fn owners(world: &World, object: &str) -> [String; 2] {
    let mut given = world.given.owners(object);
    let [one, two] = OWNERS;
    [one, two].map(|own| given.next().unwrap_or(own).to_owned())
}

/// Returns the owner of the first object of a route; anybody where it has none.
pub(super) fn owner(world: &World, target: Target<'_>) -> String {
    match target.operation.objects().next() {
        Some(object) => owners(world, object)[0].clone(),
        None => OWNERS[0].to_owned(),
    }
}

pub(super) async fn check(world: &World, target: Target<'_>) {
    if !world.takes(target.operation) {
        return;
    }
    let objects: Vec<&str> = target.operation.objects().collect();
    if let Some(first) = objects.first() {
        let [mine, others] = owners(world, first);
        let Some(caller) = world.admitted(target.operation, &mine) else { return };
        let draft = world.good(target, Some(&caller), false).await;
        match &draft.lacks {
            Some(lacks) if lacks.starts_with("no ") => {
                world.untested(Check::Objects, target, lacks);
                return;
            }
            _ => another(world, &draft, &caller, &others).await,
        }
        if objects.len() > 1 {
            hierarchy(world, target, &caller).await;
        }
    }
    references(world, target).await;
    list(world, target).await;
}

/// Sends what the owner may send as somebody else, as the owner's name in another tenant, and for a key that is nobody's.
async fn another(world: &World, draft: &Draft<'_>, caller: &Persona, others: &str) {
    let target = draft.target;
    let stranger = By::Caller(caller.named(others));
    let reply = world.send(draft, &stranger).await;
    let shared = target.operation.objects().all(|object| world.given.shared.contains_key(object));
    match shared {
        true => world.untested(Check::Objects, target, "its objects are said to be shared"),
        false => {
            let why = "404 was expected of somebody else than the owner";
            world.judge(Check::Objects, target, reply.status() == 404, (why, &reply));
            let unknown = world.rough(target);
            let mut unknown =
                Draft { headers: draft.headers.clone(), content: draft.content.clone(), ..unknown };
            unknown.query.clone_from(&draft.query);
            let none = world.send(&unknown, &stranger).await;
            let same = none.status() == reply.status() && none.bytes().len() == reply.bytes().len();
            let why = "an object of somebody else is answered otherwise than one that is not there";
            world.judge(Check::Objects, target, same, (why, &none));
        }
    }
    if world.model.tenants {
        // Also with each role that reads what is not its own: it does so within its tenant.
        for role in world.admitting(target.operation) {
            let elsewhere = caller.only(&[role]);
            let elsewhere = Persona { tenant: Some("tenant-of-others".to_owned()), ..elsewhere };
            let reply = world.send(draft, &By::Caller(elsewhere)).await;
            let why = format!("404 was expected of a {role} of another tenant");
            world.judge(Check::Tenants, target, reply.status() == 404, (&why, &reply));
        }
    }
}

/// Puts an object of the caller below another one of the caller.
async fn hierarchy(world: &World, target: Target<'_>, caller: &Persona) {
    let draft = world.good(target, Some(caller), true).await;
    if draft.lacks.is_some() {
        world.untested(Check::Hierarchy, target, draft.lacks.unwrap_or_default());
        return;
    }
    let other = world.good(target, Some(caller), true).await;
    let (mut mixed, parts) = (draft.clone(), target.template());
    let is_first = |part: &&str| part.starts_with('{');
    let place = parts.split('/').position(|part| is_first(&part));
    let Some(place) = place else { return };
    let mut segments: Vec<&str> = draft.path.split('/').collect();
    if let Some(parent) = other.path.split('/').nth(place) {
        segments[place] = parent;
    }
    mixed.path = segments.join("/");
    let reply = world.send(&mixed, &By::Caller(caller.clone())).await;
    let why = "404 was expected of an object below another one";
    world.judge(Check::Hierarchy, target, reply.status() == 404, (why, &reply));
}

/// Names objects of somebody else in the body and in the query.
async fn references(world: &World, target: Target<'_>) {
    for argument in &target.operation.arguments {
        let (ArgumentModel::Body { schema, .. } | ArgumentModel::Query(schema)) = argument else {
            continue;
        };
        let is_query = matches!(argument, ArgumentModel::Query(_));
        for field in world.model.fields(schema) {
            let Some(object) = referred(field) else { continue };
            let [_, others] = owners(world, object);
            let Some(other) = world.admitted(target.operation, &others) else { continue };
            let Some(keys) = world.owned(object, &other, target, false).await else {
                world.untested(
                    Check::References,
                    target,
                    format!("no {object} of somebody else is there"),
                );
                continue;
            };
            let key = keys.get(object).cloned().unwrap_or_default();
            let mine = owner(world, target);
            let Some(caller) = world.admitted(target.operation, &mine) else { continue };
            let mut draft = world.good(target, Some(&caller), false).await;
            let key = match is_list(&field.schema) {
                true => Value::Array(vec![key.into()]),
                false => Value::String(key),
            };
            if is_query {
                draft.query.push((field.name.clone(), super::world::plain(&key)));
            } else if let Content::Value(_, Value::Object(members)) = &mut draft.content {
                members.insert(field.name.clone(), key);
            }
            let reply = world.send(&draft, &By::Caller(caller)).await;
            let status = if is_query { 400 } else { 422 };
            let why =
                format!("{status} was expected of {object} of somebody else in {}", field.name);
            world.judge(Check::References, target, reply.status() == status, (&why, &reply));
        }
    }
}

/// Names an object of the caller wherever an input has to refer to one.
pub(super) async fn refer(world: &World, draft: &mut Draft<'_>, caller: &Persona) {
    let target = draft.target;
    for field in target.operation.inputs().flat_map(|id| world.model.fields(id)) {
        let Some(object) = referred(field).filter(|_| field.required) else { continue };
        let owner = caller.named(&owners(world, object)[0]);
        let Some(keys) = world.owned(object, &owner, target, false).await else { continue };
        let key = Value::String(keys.get(object).cloned().unwrap_or_default());
        let key = if is_list(&field.schema) { Value::Array(vec![key]) } else { key };
        if let Content::Value(_, Value::Object(members)) = &mut draft.content
            && members.contains_key(&field.name)
        {
            members.insert(field.name.clone(), key);
        } else if let Some(place) = draft.query.iter_mut().find(|(name, _)| *name == field.name) {
            place.1 = super::world::plain(&key);
        }
    }
}

/// Returns the object that a field refers to.
fn referred(field: &FieldModel) -> Option<&str> {
    fn of(schema: &Schema) -> Option<&str> {
        match schema {
            Schema::Ruled(inner, rules) => match &rules.refers {
                Some(reference) => Some(&reference.object),
                None => of(inner),
            },
            Schema::Nullable(schema) | Schema::List { item: schema, .. } => of(schema),
            _ => None,
        }
    }
    of(&field.schema)
}

fn is_list(schema: &Schema) -> bool {
    match schema {
        Schema::List { .. } => true,
        Schema::Ruled(inner, _) | Schema::Nullable(inner) => is_list(inner),
        _ => false,
    }
}

/// Looks for an object of somebody else in a list of objects.
async fn list(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let objects =
        operation.views.iter().filter(|arm| arm.view.object).map(|arm| &*arm.view.resource);
    let Some(object) = objects.into_iter().next() else { return };
    if operation.answer.content != ContentModel::Page {
        return;
    }
    let [mine, others] = owners(world, object);
    let Some(caller) = world.admitted(operation, &mine) else { return };
    let Some(keys) = world.owned(object, &caller, target, false).await else {
        world.untested(
            Check::Lists,
            target,
            format!("no {object} is there: give one by `.object(\"{object}\", …)`"),
        );
        return;
    };
    let key = keys.get(object).cloned().unwrap_or_default();
    let draft = world.good(target, Some(&caller), false).await;
    let own = world.send(&draft, &By::Caller(caller.clone())).await;
    let shown = |reply: &crate::testing::reply::Reply| {
        String::from_utf8_lossy(reply.bytes()).contains(&key)
    };
    if !is_success(&own) || !shown(&own) {
        world.untested(Check::Lists, target, "the owner's own list does not show it");
        return;
    }
    if reads(world, target, object, &caller, &others).await {
        let reason = format!("a {} reads each {object}, whoever owns it", caller.roles.join(", "));
        world.untested(Check::Lists, target, reason);
        return;
    }
    let reply = world.send(&draft, &By::Caller(caller.named(&others))).await;
    world.judge(
        Check::Lists,
        target,
        !shown(&reply),
        ("it shows an object of somebody else", &reply),
    );
    if world.model.tenants {
        for role in world.admitting(operation) {
            let elsewhere = caller.only(&[role]);
            let elsewhere = Persona { tenant: Some("tenant-of-others".to_owned()), ..elsewhere };
            let reply = world.send(&draft, &By::Caller(elsewhere)).await;
            let why = format!("it shows an object of another tenant to a {role}");
            world.judge(Check::Tenants, target, !shown(&reply), (&why, &reply));
        }
    }
}

/// Returns `true` if somebody else with the caller's roles may read an object of the caller by itself: its rule says so.
async fn reads(
    world: &World,
    like: Target<'_>,
    object: &str,
    caller: &Persona,
    others: &str,
) -> bool {
    for operation in world.model.operations_in(&like.version.segment) {
        let is_of_it = operation.verb.is_safe() && operation.objects().eq([object]);
        let AccessModel::Roles(least) = &operation.access else { continue };
        let may = caller.roles.iter().any(|role| world.model.admits(least, role));
        if !is_of_it || !may || !world.takes(operation) {
            continue;
        }
        let target = Target { operation, version: like.version };
        let owner = world.equipped(operation, caller.clone());
        let draft = world.good(target, Some(&owner), false).await;
        return is_success(&world.send(&draft, &By::Caller(owner.named(others))).await);
    }
    false
}
