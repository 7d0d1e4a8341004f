//! The memory that the servers have in common: of a limit, a step, an idempotency key, a revocation, and a proof.

use reqwest::Method;
use uuid::Uuid;

use super::{
    Seen,
    caller::{Callers, Field, bearer},
    seen,
};
use crate::{api::PERMITS, folder::Failure, token::Keys};

/// The number of callers at once.
const CALLERS: usize = 60;

/// Sends many at once to both servers: as many pass as may.
pub(super) async fn limit(callers: &Callers, keys: &Keys) -> Result<Seen, Failure> {
    let ann = bearer(&keys.token("ann", false)?);
    let answers = callers.post_all(CALLERS, "/v1/tickets", &ann).await?;
    let (passed, refused) = (answers.count(202), answers.count(429));
    let holds = passed == PERMITS as usize && passed + refused == CALLERS;
    Ok(seen(
        holds,
        format!(
            "{PERMITS} permits, {CALLERS} requests at once to both servers: {passed} passed, {refused} refused"
        ),
    ))
}

/// Uses a step that one server saw on the other one, again on both, and anew by many at once: each time one does.
pub(super) async fn step(callers: &Callers, keys: &Keys) -> Result<Seen, Failure> {
    let ben = bearer(&keys.token("ben", false)?);
    let checkout = callers.post(0, "/v1/checkout", &ben).await?;
    let paid = callers.post(1, "/v1/payments", &ben).await?;
    let again = [
        callers.post(0, "/v1/payments", &ben).await?,
        callers.post(1, "/v1/payments", &ben).await?,
    ];
    let anew = callers.post(1, "/v1/checkout", &ben).await?;
    let at_once = callers.post_all(CALLERS, "/v1/payments", &ben).await?;
    let (one, others) = (at_once.count(202), at_once.count(409));
    let holds = (checkout, paid, again, anew) == (202, 202, [409, 409], 202)
        && (one, others) == (1, CALLERS - 1);
    Ok(seen(
        holds,
        format!(
            "done on 1: {checkout}, used on 2: {paid}, used again on 1 and 2: {} and {}; done anew: {anew}, {CALLERS} \
             use it at once: {one} did, {others} refused",
            again[0], again[1],
        ),
    ))
}

/// Returns the fields of a booking with this key.
pub(super) fn keyed(token: &str, key: Uuid) -> Vec<Field> {
    [bearer(token), vec![("idempotency-key", format!("\"{key}\""))]].concat()
}

/// Sends one key to both servers: the second one repeats what the first one carried out.
pub(super) async fn key(callers: &Callers, keys: &Keys) -> Result<Seen, Failure> {
    let fields = keyed(&keys.token("cleo", false)?, Uuid::new_v4());
    let first = callers.send(0, Method::POST, "/v1/bookings", &fields).await?;
    let again = callers.send(1, Method::POST, "/v1/bookings", &fields).await?;
    let other = keyed(&keys.token("cleo", false)?, Uuid::new_v4());
    let other = callers.send(1, Method::POST, "/v1/bookings", &other).await?;
    let statuses = (first.status, again.status, other.status);
    let same = first.body == again.body && first.body != other.body;
    let holds = statuses == (200, 200, 200) && again.is_replayed && !first.is_replayed && same;
    let told = if again.is_replayed { "replayed" } else { "carried out" };
    let same = if same { "the same" } else { "NOT the same" };
    Ok(seen(
        holds,
        format!("first on 1: {}, {told} on 2: {}, with {same} answer", first.status, again.status),
    ))
}

/// Revokes a token on one server: the other one refuses it with the next request.
pub(super) async fn revocation(callers: &Callers, keys: &Keys) -> Result<Seen, Failure> {
    let (one, other) = (keys.token("dora", false)?, keys.token("dora", false)?);
    let before = callers.post(1, "/v1/checkout", &bearer(&one)).await?;
    let revoked = callers.send(0, Method::DELETE, "/v1/session", &bearer(&one)).await?.status;
    let after = callers.post(1, "/v1/checkout", &bearer(&one)).await?;
    let other = callers.post(1, "/v1/checkout", &bearer(&other)).await?;
    Ok(seen(
        (before, revoked, after, other) == (202, 204, 401, 202),
        format!(
            "used on 2: {before}, revoked on 1: {revoked}, used on 2: {after}, another one: {other}"
        ),
    ))
}

/// Returns the fields of a transfer, with a proof of its own.
pub(super) fn proven(keys: &Keys, subject: &str) -> Result<Vec<Field>, Failure> {
    let token = keys.token(subject, true)?;
    let proof = keys.proof("/v1/transfers", &token)?;
    Ok(vec![("authorization", format!("DPoP {token}")), ("dpop", proof)])
}

/// Sends one proof to both servers: the second one refuses it.
pub(super) async fn proof(callers: &Callers, keys: &Keys) -> Result<Seen, Failure> {
    let fields = proven(keys, "emil")?;
    let first = callers.post(0, "/v1/transfers", &fields).await?;
    let again = callers.post(1, "/v1/transfers", &fields).await?;
    let other = callers.post(1, "/v1/transfers", &proven(keys, "emil")?).await?;
    Ok(seen(
        (first, again, other) == (202, 401, 202),
        format!("first on 1: {first}, the same on 2: {again}, another one on 2: {other}"),
    ))
}
