//! Thresholds as they are published and run by many: leaky buckets by address, and a ban of four hours.
//!
//! Capacities and leaks are those of CrowdSec's hub in 2026: guessing (5 failures, one forgotten in 10 s), its slow variant
//! (10, 60 s), names tried (5 distinct, 10 s), probing (10 distinct paths with an error, 10 s), crawling (40 distinct paths, half a
//! second).

use std::collections::{HashMap, HashSet};

use super::Policy;
use crate::world::{Ms, Outcome, Request, Route};

const BAN: Ms = 4 * 3_600_000;

/// (capacity, milliseconds in which one leaks)
const BUCKETS: [(f64, f64); 5] =
    [(5.0, 10_000.0), (10.0, 60_000.0), (5.0, 10_000.0), (10.0, 10_000.0), (40.0, 500.0)];

#[derive(Default, Clone)]
struct Bucket {
    level: f64,
    at: Ms,
    seen: HashSet<u64>,
}

#[derive(Default)]
pub struct Published {
    buckets: HashMap<(u32, usize), Bucket>,
    banned: HashMap<u32, Ms>,
}

impl Published {
    fn pour(&mut self, address: u32, number: usize, key: Option<u64>, now: Ms) {
        let (capacity, leak) = BUCKETS[number];
        let bucket = self.buckets.entry((address, number)).or_default();
        bucket.level = (bucket.level - (now - bucket.at) as f64 / leak).max(0.0);
        bucket.at = now;
        if bucket.level == 0.0 {
            bucket.seen.clear();
        }
        if key.is_some_and(|key| !bucket.seen.insert(key)) {
            return;
        }
        bucket.level += 1.0;
        if bucket.level > capacity {
            *bucket = Bucket { at: now, ..Bucket::default() };
            self.banned.insert(address, now + BAN);
        }
    }
}

impl Policy for Published {
    fn admit(&mut self, request: &Request, now: Ms) -> Result<(), Ms> {
        match self.banned.get(&request.address) {
            Some(until) if now < *until => Err(until - now),
            _ => Ok(()),
        }
    }

    fn outcome(&mut self, request: &Request, now: Ms) {
        let path = (request.route as u64) << 48 | request.key;
        match request.outcome {
            Outcome::Wrong | Outcome::BadToken => {
                self.pour(request.address, 0, None, now);
                self.pour(request.address, 1, None, now);
                if let Some(name) = request.name {
                    self.pour(request.address, 2, Some(u64::from(name)), now);
                }
            }
            Outcome::Missing | Outcome::Refused => self.pour(request.address, 3, Some(path), now),
            Outcome::Fine if matches!(request.route, Route::Browse | Route::Order) => {
                self.pour(request.address, 4, Some(path), now);
            }
            _ => {}
        }
    }

    fn holds(&self, request: &Request, now: Ms) -> bool {
        self.banned.get(&request.address).is_some_and(|until| now < *until)
    }
}
