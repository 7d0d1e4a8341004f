//! Charges of limits in a Redis: one script for each slot.

use std::time::Duration;

use futures_util::future::{join_all, try_join_all};
use redis::{RedisError, RedisResult, aio::MultiplexedConnection, from_redis_value};
use tokio::runtime::Handle;

use super::{
    key,
    script::{self, Call},
};
use crate::ledger::{Bound, Charge, Charged, Measured, Name};

const CELL: char = 'c';

/// The longest time that is counted, in microseconds: a century.
const LONGEST: u64 = 100 * 365 * 24 * 3600 * 1_000_000;

/// The outcome of one slot.
struct Outcome {
    admitted: bool,
    at: u64,
    left: Vec<Measured>,
}

/// Charges all of these limits, or none: those of one slot together, and the slots beside each other. Where one refuses, the others
/// are given back what they were charged.
pub(super) async fn charge(
    redis: MultiplexedConnection,
    charges: &[Charge],
) -> RedisResult<Charged> {
    let slots = by_slot(charges, |charge| charge.slot);
    let of = |places: &[usize]| places.iter().map(|place| charges[*place]).collect::<Vec<_>>();
    let asked = slots.iter().map(async |places| {
        let charges = of(places);
        Outcome::read(with(script::CHARGE.call(&keys(&charges)), &charges).run(redis.clone()).await)
    });
    let outcomes = join_all(asked).await;
    let all = outcomes.iter().all(|outcome| outcome.as_ref().is_ok_and(|outcome| outcome.admitted));
    if !all {
        // One that refuses by an error may be in vain; its slot is not there.
        let back = outcomes.iter().zip(&slots).filter_map(|(outcome, places)| {
            let outcome = outcome.as_ref().ok().filter(|outcome| outcome.admitted)?;
            Some(refund_slot(redis.clone(), of(places), outcome.at))
        });
        join_all(back).await;
    }
    let mut charged = Charged { admitted: all, at: u64::MAX, left: Vec::new() };
    let nothing = Measured { remaining: 0, reset: Duration::ZERO, wait: Duration::ZERO };
    charged.left.resize(charges.len(), nothing);
    for (outcome, places) in outcomes.into_iter().zip(&slots) {
        let Outcome { at, left, .. } = outcome?;
        if left.len() != places.len() {
            let why = "the script answers for other charges";
            return Err(RedisError::from(std::io::Error::other(why)));
        }
        // Each slot has a time of its own. With the earliest nothing is given back that somebody else was charged later.
        charged.at = charged.at.min(at);
        for (place, measured) in places.iter().zip(left) {
            let uncharged =
                if all || !measured.wait.is_zero() { 0 } else { charges[*place].weight };
            let remaining = measured.remaining.saturating_add(uncharged);
            charged.left[*place] = Measured { remaining, ..measured };
        }
    }
    Ok(charged)
}

/// Charges some of these limits that count requests at one time. Where nobody waits for the answer any more, because its deadline
/// passed or its caller hung up, what was charged is given back when the answer comes: a place would be held until its lease ends.
pub(super) async fn hold(redis: MultiplexedConnection, charges: &[Charge]) -> RedisResult<Charged> {
    let charges = charges.to_vec();
    let answer = tokio::spawn(async move {
        let charged = charge(redis.clone(), &charges).await?;
        let at = charged.admitted.then_some(charged.at);
        Ok((charged, Unclaimed { redis, charges, at }))
    });
    let (charged, mut unclaimed) =
        answer.await.unwrap_or_else(|_| Err(failed("the runtime stops")))?;
    unclaimed.at = None;
    Ok(charged)
}

/// A charge that nobody may hear of, with its time. It is given back when this is dropped.
struct Unclaimed {
    redis: MultiplexedConnection,
    charges: Vec<Charge>,
    at: Option<u64>,
}

impl Drop for Unclaimed {
    fn drop(&mut self) {
        // Without a runtime the process ends, and the lease of a place does too.
        if let (Some(at), Ok(runtime)) = (self.at, Handle::try_current()) {
            let (redis, charges) = (self.redis.clone(), std::mem::take(&mut self.charges));
            // Where even that gets no answer, the lease is what is left.
            runtime.spawn(async move { refund(redis, &charges, at).await });
        }
    }
}

/// Gives back what was charged at a time.
pub(super) async fn refund(
    redis: MultiplexedConnection,
    charges: &[Charge],
    at: u64,
) -> RedisResult<()> {
    let slots = by_slot(charges, |charge| charge.slot);
    let given = slots.iter().map(|places| {
        let charges = places.iter().map(|place| charges[*place]).collect();
        refund_slot(redis.clone(), charges, at)
    });
    try_join_all(given).await.map(|_| ())
}

async fn refund_slot(
    redis: MultiplexedConnection,
    charges: Vec<Charge>,
    at: u64,
) -> RedisResult<()> {
    let call = script::REFUND.call(&keys(&charges)).arg(at);
    with(call, &charges).run(redis).await.map(|_| ())
}

fn keys(charges: &[Charge]) -> Vec<String> {
    charges.iter().map(|charge| key::inside(CELL, charge.slot, charge.name)).collect()
}

fn with(call: Call, charges: &[Charge]) -> Call {
    charges.iter().fold(call, |call, Charge { bound, weight, .. }| {
        let (kind, room, time) = match *bound {
            Bound::Window { count, window } => ("w", count, micros(window)),
            Bound::Spaced { interval, burst } => {
                // Its product with the burst is a time, too.
                let most = LONGEST / u64::from(burst.max(1));
                ("s", burst, micros(interval).clamp(1, most.max(1)))
            }
            Bound::AtOnce { count, lease } => ("a", count, micros(lease)),
        };
        call.arg(kind).arg(room).arg(time).arg(*weight)
    })
}

impl Outcome {
    fn read(answer: RedisResult<redis::Value>) -> RedisResult<Self> {
        let numbers: Vec<u64> = from_redis_value(answer?)?;
        let Some(([admitted, at], left)) = numbers.split_first_chunk() else {
            return Err(failed("the script says less than it does"));
        };
        let left = left.as_chunks().0.iter().map(|[remaining, reset, wait]| Measured {
            remaining: u32::try_from(*remaining).unwrap_or(u32::MAX),
            reset: Duration::from_micros(*reset),
            wait: Duration::from_micros(*wait),
        });
        Ok(Self { admitted: *admitted == 1, at: *at, left: left.collect() })
    }
}

fn failed(why: &'static str) -> RedisError {
    RedisError::from(std::io::Error::other(why))
}

/// Returns the places of what is in each slot.
pub(super) fn by_slot<T>(all: &[T], slot: impl Fn(&T) -> Name) -> Vec<Vec<usize>> {
    let mut slots: Vec<(Name, Vec<usize>)> = Vec::new();
    for (place, one) in all.iter().enumerate() {
        let slot = slot(one);
        match slots.iter_mut().find(|(name, _)| *name == slot) {
            Some((_, places)) => places.push(place),
            None => slots.push((slot, vec![place])),
        }
    }
    slots.into_iter().map(|(_, places)| places).collect()
}

/// Returns a time in microseconds, rounded up: a window is never shorter than it was stated.
pub(super) fn micros(time: Duration) -> u64 {
    let micros = time.as_nanos().div_ceil(1_000);
    u64::try_from(micros).unwrap_or(LONGEST).min(LONGEST)
}
