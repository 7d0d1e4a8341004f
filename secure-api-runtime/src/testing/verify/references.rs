//! References: the places of inputs that name objects, filled with those of the caller, and of somebody else.

mod places;

use super::{
    Check,
    draft::{By, Draft, Persona, Target},
    inputs::is_refused,
    objects::{owner, owners},
    world::World,
};

pub(super) use places::referred;
use places::{Place, places};

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
            Ok(keys) => place.fill(world, draft, keys.get(object).map_or("", |key| key)),
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
    let (object, name) = (place.object, &place.field.name);
    if let Some(shared) = world.shared(object) {
        return Err(shared);
    }
    let mine = owner(world, target);
    let others = owners(world, object).into_iter().find(|one| *one != mine).unwrap_or_default();
    let admitted = |subject: &str| world.admitted(target.operation, subject);
    let (Some(caller), Some(other)) = (admitted(&mine), admitted(&others)) else { return Ok(()) };
    let keys = world.owned(object, &other, target, false).await;
    let keys = keys.map_err(|reason| format!("of somebody else, {reason}"))?;
    let key = keys.get(object).map_or("", |key| key);
    let draft = named(world, target, &caller, place, key).await?;
    let reply = world.send(&draft, &By::caller(caller)).await;
    let status = if place.is_of_query() { 400 } else { 422 };
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
    place.fill(world, &mut draft, key);
    if place.is_of_query() {
        // What came around it may name objects, too. Where the caller has none, its owner is refused as well, which is told.
        refer(world, &mut draft, caller).await;
        draft.lacks = None;
        place.fill(world, &mut draft, key);
    }
    Ok(draft)
}
