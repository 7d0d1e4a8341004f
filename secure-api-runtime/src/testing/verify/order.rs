//! Order and repetition: steps, idempotency keys, and the state that a change is made to.

use serde_json::Value;

use super::{
    Check,
    draft::{By, Content, Draft, Persona, Target},
    objects,
    world::{World, is_success},
};
use crate::testing::reply::Reply;

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let Some(caller) = world.admitted(operation, &objects::owner(world, target)) else { return };
    if !world.holds(operation) {
        return;
    }
    if operation.after.is_some() {
        step(world, target, &caller).await;
    }
    if operation.idempotency_key {
        key(world, target, &caller).await;
    }
    if operation.if_match {
        state(world, target, &caller).await;
    }
}

fn says(reply: &Reply, code: &str) -> bool {
    String::from_utf8_lossy(reply.bytes()).contains(&format!("secure-api:{code}"))
}

/// Takes a step without the one before it, then after it, then once more.
async fn step(world: &World, target: Target<'_>, caller: &Persona) {
    let by = By::caller(caller.clone());
    let good = world.good(target, Some(caller), true).await;
    if let Some(lacks) = &good.lacks {
        world.untested(Check::Order, target, lacks);
        return;
    }
    // Another object, of which no step was taken.
    let before = world.stepless(target, caller).await;
    let reply = world.send(&before, &by).await;
    let refused = reply.status() == 409 && says(&reply, "out-of-order");
    world.judge(
        Check::Order,
        target,
        refused,
        ("409 was expected before the step that comes first", &reply),
    );
    let first = world.send(&good, &by).await;
    if !is_success(&first) {
        let reason =
            format!("in order it is answered {}: give a body by `.body(…)`", first.status());
        world.untested(Check::Order, target, reason);
        return;
    }
    let mut again = good.clone();
    if target.operation.idempotency_key {
        again = again.header("idempotency-key", format!("\"{}\"", uuid::Uuid::new_v4()));
    }
    let second = world.send(&again, &by).await;
    let refused = second.status() == 409 && says(&second, "out-of-order");
    world.judge(
        Check::Order,
        target,
        refused,
        ("409 was expected of a step that was used", &second),
    );
}

/// Sends no key, one key twice, and the same with another body.
async fn key(world: &World, target: Target<'_>, caller: &Persona) {
    let by = By::caller(caller.clone());
    let mut without = world.rough(target);
    without.headers.retain(|(name, _)| *name != "idempotency-key");
    let reply = world.send(&without, &by).await;
    let why = "400 was expected without a key";
    world.judge(
        Check::Idempotency,
        target,
        reply.status() == 400 && says(&reply, "idempotency-key"),
        (why, &reply),
    );
    let good = world.good(target, Some(caller), true).await;
    let first = world.send(&good, &by).await;
    if !is_success(&first) {
        let reason = good.lacks.unwrap_or_else(|| {
            format!("it is answered {}: give a body by `.body(…)`", first.status())
        });
        world.untested(Check::Idempotency, target, reason);
        return;
    }
    let second = world.send(&good, &by).await;
    let is_done = says(&second, "idempotency-done");
    let replayed =
        second.header("idempotency-replayed").is_some() && second.status() == first.status();
    let same = first.header("location") == second.header("location");
    let why = "a repeated key was expected to give the first answer";
    world.judge(Check::Idempotency, target, is_done || (replayed && same), (why, &second));
    if let Some(other) = varied(&good) {
        let reply = world.send(&other, &by).await;
        let good = reply.status() == 422 && says(&reply, "idempotency-mismatch");
        world.judge(
            Check::Idempotency,
            target,
            good,
            ("422 was expected of a key with another body", &reply),
        );
    }
}

/// Returns the same with one number or text of its body changed a little.
fn varied<'a>(draft: &Draft<'a>) -> Option<Draft<'a>> {
    fn vary(value: &mut Value) -> bool {
        match value {
            Value::Number(number) => match number.as_i64() {
                Some(whole) => {
                    *value = if whole > 1 { whole - 1 } else { whole + 1 }.into();
                    true
                }
                None => false,
            },
            Value::Array(items) => items.iter_mut().any(vary),
            Value::Object(members) => members.values_mut().any(vary),
            Value::Null | Value::Bool(_) | Value::String(_) => false,
        }
    }
    let mut other = draft.clone();
    if let Content::Parts(parts) = &mut other.content {
        parts.last_mut()?.content.push(b'a');
        return Some(other);
    }
    if let Content::Bytes(_, bytes) = &mut other.content {
        let last = bytes.last_mut()?;
        *last = if *last == b'a' { b'b' } else { b'a' };
        return Some(other);
    }
    let Content::Value(_, body) = &mut other.content else { return None };
    vary(body).then_some(other)
}

/// Changes without a state, and with one that was never seen.
async fn state(world: &World, target: Target<'_>, caller: &Persona) {
    let by = By::caller(caller.clone());
    let mut without = world.rough(target);
    without.headers.retain(|(name, _)| *name != "if-match");
    let reply = world.send(&without, &by).await;
    world.judge(
        Check::Conditions,
        target,
        reply.status() == 428,
        ("428 was expected without If-Match", &reply),
    );
    let good = world.good(target, Some(caller), false).await;
    if let Some(lacks) = good.lacks {
        world.untested(Check::Conditions, target, lacks);
        return;
    }
    let stale = good.header("if-match", "\"never-seen\"");
    let reply = world.send(&stale, &by).await;
    world.judge(
        Check::Conditions,
        target,
        reply.status() == 412,
        ("412 was expected of another state", &reply),
    );
}
