//! Scores in a Redis.

use redis::{RedisResult, aio::MultiplexedConnection, from_redis_value};

use super::{
    charge::{by_slot, micros},
    key, script,
};
use crate::ledger::Points;

const SCORE: char = 'p';

/// Adds points to scores, and returns what they are now.
pub(super) async fn add(redis: MultiplexedConnection, points: &[Points]) -> RedisResult<Vec<f64>> {
    let slots = by_slot(points, |points| points.slot);
    let asked = slots.iter().map(async |places| {
        let of = || places.iter().map(|place| &points[*place]);
        let keys: Vec<_> = of().map(|score| key::inside(SCORE, score.slot, score.name)).collect();
        let call = of().fold(script::ADD.call(&keys), |call, score| {
            let points = if score.points.is_finite() { score.points } else { 0.0 };
            // A half-life of nothing would be a division by it.
            call.arg(points.to_string()).arg(micros(score.half_life).max(1))
        });
        RedisResult::Ok(from_redis_value::<Vec<u8>>(call.run(redis.clone()).await?)?)
    });
    let mut scores = vec![0.0; points.len()];
    for (places, answer) in slots.iter().zip(futures_util::future::try_join_all(asked).await?) {
        for (place, score) in places.iter().zip(answer.as_chunks().0) {
            scores[*place] = f64::from_be_bytes(*score);
        }
    }
    Ok(scores)
}
