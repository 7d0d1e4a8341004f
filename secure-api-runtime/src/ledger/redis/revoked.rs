//! Names in a Redis that were seen, and those that were revoked.

use redis::{Cmd, Pipeline, RedisResult, Value, aio::MultiplexedConnection, from_redis_value};

use super::{key, script};
use crate::ledger::Name;

const SEEN: char = 's';
const REVOKED: char = 'r';

/// The last second of the year 9999. What has no end has this one, so that a Redis forgets each key some day.
const LAST: i64 = 253_402_300_799;

/// Returns an end as a Redis takes it.
pub(super) fn end(until: i64) -> i64 {
    until.clamp(1, LAST)
}

/// Records that a name was seen.
pub(super) async fn first(
    mut redis: MultiplexedConnection,
    name: Name,
    until: i64,
) -> RedisResult<bool> {
    let mut set = Cmd::new();
    set.arg("SET").arg(key::alone(SEEN, name)).arg("").arg("NX").arg("EXAT").arg(end(until));
    let answer = redis.send_packed_command(&set).await?.extract_error()?;
    Ok(answer == Value::Okay)
}

/// Refuses what was issued before a time.
pub(super) async fn revoke(
    redis: MultiplexedConnection,
    name: Name,
    issued_before: i64,
    until: i64,
) -> RedisResult<()> {
    let call = script::REVOKE.call(&[key::alone(REVOKED, name)]);
    call.arg(issued_before).arg(end(until)).run(redis).await.map(|_| ())
}

/// Returns what was revoked of these names, all in one round trip.
pub(super) async fn revoked(
    mut redis: MultiplexedConnection,
    names: &[Name],
) -> RedisResult<Vec<Option<i64>>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let mut asked = Pipeline::with_capacity(names.len());
    for name in names {
        asked.cmd("GET").arg(key::alone(REVOKED, *name));
    }
    let answers = redis.send_packed_commands(&asked, 0, names.len()).await?;
    answers.into_iter().map(|answer| Ok(from_redis_value(answer.extract_error()?)?)).collect()
}
