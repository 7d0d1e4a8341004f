//! Limits: each is counted, and one that is soon used up refuses, and charges nobody else.

use std::time::Duration;

use serde_json::Value;

use super::{
    Check,
    draft::{By, Content, Draft, Persona, Target},
    held,
    inputs::is_refused,
    objects, open,
    world::{World, limited},
};
use crate::{
    docs::Examples,
    inventory::{ArgumentModel, FieldModel, LimitArm, LimitModel},
    limit::Unit,
    testing::reply::Reply,
};

/// Limits of more requests at once than these are only seen to count.
pub(super) const MOST: u32 = 64;

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let owner = objects::owner(world, target);
    let Some(caller) = world.admitted(operation, &owner) else {
        let arm = operation.limits.iter().find(|arm| arm.roles.is_none());
        arm_of(world, target, arm, None).await;
        return open::check(world, target, None).await;
    };
    if !world.takes(operation) {
        world.untested(
            Check::Limits,
            target,
            "its callers are given, and there are not many of them",
        );
        return;
    }
    let mut tried: Vec<&LimitArm> = Vec::new();
    for role in world.admitting(operation) {
        let fits = |least: &Option<Vec<String>>| match least {
            None => true,
            Some(least) => world.model.admits(least, role),
        };
        let Some(arm) = operation.limits.iter().find(|arm| fits(&arm.roles)) else { continue };
        if tried.iter().any(|other| std::ptr::eq(*other, arm)) {
            continue;
        }
        tried.push(arm);
        arm_of(world, target, Some(arm), Some(&caller.only(&[role]))).await;
    }
    open::check(world, target, Some(&caller)).await;
}

async fn arm_of(
    world: &World,
    target: Target<'_>,
    arm: Option<&LimitArm>,
    caller: Option<&Persona>,
) {
    for limit in arm.iter().flat_map(|arm| &arm.limits) {
        if limit.per == Unit::Unlimited {
            let reason = limit.reason.as_deref().unwrap_or_default();
            world.untested(Check::Limits, target, format!("it has none: {reason}"));
            continue;
        }
        if limit.observed {
            world.untested(Check::Limits, target, "a limit that is only observed refuses nobody");
            continue;
        }
        if limit.at_once {
            held::check(world, target, limit, caller).await;
            continue;
        }
        let (draft, entries) = weighed(world, target, limit);
        let cost = limit.weight.saturating_mul(entries).max(1);
        // What everybody shares, or all who send one value, is used up by others than the limit that is looked at.
        let shared =
            |per: Unit| matches!(per, Unit::Field | Unit::Tenant | Unit::Route | Unit::Api);
        let most = limit.burst / cost;
        let others = || arm.iter().flat_map(|arm| &arm.limits).filter(|other| !other.at_once);
        let alone = others().filter(|other| !other.observed).all(|other| {
            other.per == limit.per
                || !shared(other.per)
                || other.burst / other.weight.max(1) > most + 2
        });
        // Whatever was used of them before is there again.
        let longest = others().map(|other| other.window_seconds).fold(0.0, f64::max);
        let window = Duration::from_secs_f64(longest * 2.0 + 1.0);
        match most <= MOST && alone {
            true => used_up(world, limit, (draft, cost, window), caller).await,
            false => counted(world, limit, &draft, caller).await,
        }
    }
}

/// Returns the check of a limit by what it counts.
fn check_of(limit: &LimitModel) -> Check {
    match limit.per {
        _ if limit.weight_of.is_some() || limit.weight > 1 => Check::Weights,
        Unit::Field => Check::ValueLimits,
        Unit::Client | Unit::ApiKey => Check::ClientLimits,
        _ => Check::Limits,
    }
}

/// Returns a request to a route, and the number of entries that its limit weighs.
fn weighed<'a>(world: &'a World, target: Target<'a>, limit: &LimitModel) -> (Draft<'a>, u32) {
    let mut draft = world.rough(target);
    let Some(list) = &limit.weight_of else { return (draft, 1) };
    let entries = |draft: &Draft<'_>| match &draft.content {
        Content::Value(_, body) => body[list].as_array().map_or(1, Vec::len),
        _ => 1,
    };
    // A list of one entry costs as much as none.
    if entries(&draft) < 2
        && let Content::Value(_, body) = &mut draft.content
        && let Some(values) = field(world, target, list).and_then(|field| two(world, target, field))
    {
        body[list] = Value::Array(values);
    }
    let entries = entries(&draft);
    (draft, u32::try_from(entries).unwrap_or(1))
}

/// Returns two items of a list, where two are allowed.
fn two(world: &World, target: Target<'_>, field: &FieldModel) -> Option<Vec<Value>> {
    let version = world.model.place(&target.version.segment).unwrap_or_default();
    let mut examples = Examples::new(&world.model, version);
    let (item, most) = field.schema.list()?;
    let values = [examples.of(item, &field.name)?, examples.other(item, &field.name)?];
    (most >= 2).then(|| values.to_vec())
}

/// Returns a field of the input of a route.
fn field<'a>(world: &'a World, target: Target<'a>, name: &str) -> Option<&'a FieldModel> {
    target.operation.inputs().flat_map(|id| world.model.fields(id)).find(|field| field.name == name)
}

/// Returns the caller of a request that counts as the others do, at whatever else is another.
pub(super) fn alike(world: &World, limit: &LimitModel, caller: Option<&Persona>) -> (By, String) {
    let other = |caller: &Persona| caller.named(&world.somebody());
    let is_address =
        limit.per == Unit::Address || (caller.is_none() && limit.per == Unit::Principal);
    let address = match is_address || (caller.is_none() && limit.per != Unit::Field) {
        true => "192.0.2.1".to_owned(),
        false => world.address(),
    };
    let by = By::from(caller.map(|caller| match limit.per {
        Unit::Principal | Unit::ApiKey => caller.clone(),
        Unit::Client => other(caller).claim("client_id", "a-client"),
        _ => other(caller).claim("client_id", world.somebody()),
    }));
    (by, address)
}

/// Returns the caller, and the request, of somebody whom a limit does not count with the others. None where it counts everybody.
pub(super) fn unlike<'a>(
    world: &'a World,
    limit: &LimitModel,
    draft: &Draft<'a>,
    caller: Option<&Persona>,
) -> Option<(Draft<'a>, By)> {
    let mut draft = draft.clone();
    match limit.per {
        Unit::Route | Unit::Api => return None,
        Unit::Field => draft = another_value(world, &draft, limit.field.as_deref()?)?,
        _ => {}
    }
    let by = By::from(caller.map(|caller| Persona {
        tenant: caller.tenant.as_ref().map(|_| "tenant-of-others".to_owned()),
        ..caller.named(&world.somebody()).claim("client_id", world.somebody())
    }));
    Some((draft, by))
}

/// Returns a request with another value in a field.
fn another_value<'a>(world: &'a World, draft: &Draft<'a>, name: &str) -> Option<Draft<'a>> {
    let target = draft.target;
    let version = world.model.place(&target.version.segment).unwrap_or_default();
    let field = field(world, target, name)?;
    let value = Examples::new(&world.model, version).other(&field.schema, name)?;
    let mut other = draft.clone();
    let has = |id: &str| world.model.fields(id).iter().any(|one| one.name == name);
    for argument in &target.operation.arguments {
        let value = super::world::plain(&value);
        match argument {
            ArgumentModel::Headers(id) if has(id) => other.read_header(name, &[&value]),
            ArgumentModel::Cookies(id) if has(id) => other.cookie(name, &[&value]),
            _ => continue,
        }
        return Some(other);
    }
    let in_query = target.operation.arguments.iter().any(|argument| match argument {
        ArgumentModel::Query(id) => has(id),
        _ => false,
    });
    if in_query {
        other.query.retain(|(known, _)| known != name);
        other.query.push((name.to_owned(), super::world::plain(&value)));
        return Some(other);
    }
    other.with("", |body| body[name] = value)
}

/// Sends as many requests as there are, and one more; then one of somebody else.
async fn used_up(
    world: &World,
    limit: &LimitModel,
    (draft, cost, window): (Draft<'_>, u32, Duration),
    caller: Option<&Persona>,
) {
    let (check, target) = (check_of(limit), draft.target);
    let caller = caller.map(|caller| caller.named(&world.somebody()));
    world.client.advance(window);
    let most = limit.burst / cost;
    let mut last: Option<Reply> = None;
    let mut sent = 0;
    while sent <= most && last.as_ref().is_none_or(|reply| reply.status() != 429) {
        let (by, address) = alike(world, limit, caller.as_ref());
        let reply = world.send_from(&draft, &by, &address).await;
        if limit.field.is_some() && is_refused(&reply) {
            world.untested(
                check,
                target,
                "the input made of its rules is refused: give a body by `.body(…)`",
            );
            return;
        }
        last = Some(reply);
        sent += 1;
    }
    let Some(reply) = last else { return };
    let good = reply.status() == 429 && reply.header("retry-after").is_some();
    let of = if cost > 1 { format!(" that count for {cost} each,") } else { String::new() };
    let why = format!(
        "429 with Retry-After was expected after {most} requests{of} per {}",
        limit.per.name()
    );
    world.judge(check, target, good, (&why, &reply));
    super::answers::look(world, &draft, &By::Nobody, &reply);
    match unlike(world, limit, &draft, caller.as_ref()) {
        Some((draft, by)) => {
            let reply = world.send_from(&draft, &by, &world.address()).await;
            let good = reply.status() != 429;
            world.judge(check, target, good, ("somebody else was charged for it", &reply));
        }
        None if limit.per == Unit::Field => {
            world.untested(check, target, "no other value is known that the field can have");
        }
        None => {}
    }
    world.client.advance(window);
}

/// Compares what is left after two requests.
async fn counted(world: &World, limit: &LimitModel, draft: &Draft<'_>, caller: Option<&Persona>) {
    let by = By::from(caller.map(|caller| caller.named(&world.somebody())));
    let address = world.address();
    let left = |reply: &Reply| -> Vec<u64> {
        let told = reply.header("ratelimit").unwrap_or_default();
        let parts = told.split([';', ',']).filter_map(|part| part.trim().strip_prefix("r="));
        parts.filter_map(|left| left.parse().ok()).collect()
    };
    let mut first = world.send_from(draft, &by, &address).await;
    // What others used up of a limit comes back.
    for _ in 0..3 {
        let Some(wait) = limited(&first) else { break };
        world.client.advance(Duration::from_secs(wait));
        first = world.send_from(draft, &by, &address).await;
    }
    let second = world.send_from(draft, &by, &address).await;
    let (before, after) = (left(&first), left(&second));
    let is_less = !before.is_empty() && before.iter().sum::<u64>() > after.iter().sum::<u64>();
    let good = is_less || (first.status() != 429 && second.status() == 429);
    let why = format!("of {before:?} requests {after:?} are left after one more");
    world.judge(check_of(limit), draft.target, good, (&why, &second));
}
