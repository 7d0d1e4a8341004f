//! A threshold for each route, the 99th percentile of what sessions did there in ten minutes of recorded traffic, attackers
//! included. Who is above it waits until the ten minutes are over.

use std::collections::HashMap;

use super::Policy;
use crate::world::{Ms, ROUTES, Request};

const WINDOW: Ms = 600_000;

#[derive(Default, Clone)]
pub struct Quantile {
    counts: HashMap<(u64, u8), (Ms, u32)>,
    recorded: [Vec<u32>; ROUTES],
    most: Option<[u32; ROUTES]>,
}

impl Quantile {
    /// Takes what was recorded for the thresholds.
    pub fn settle(&mut self) {
        let mut most = [u32::MAX; ROUTES];
        self.turn(None);
        for (most, recorded) in most.iter_mut().zip(&mut self.recorded) {
            recorded.sort_unstable();
            if !recorded.is_empty() {
                *most = recorded[(recorded.len() * 99 / 100).min(recorded.len() - 1)];
            }
            recorded.clear();
        }
        self.most = Some(most);
    }

    /// Records sessions: all, or one whose window is over.
    fn turn(&mut self, key: Option<(u64, u8)>) {
        if self.most.is_some() {
            return;
        }
        match key {
            Some(key) => {
                if let Some((_, count)) = self.counts.remove(&key) {
                    self.recorded[usize::from(key.1)].push(count);
                }
            }
            None => {
                for (key, (_, count)) in self.counts.drain() {
                    self.recorded[usize::from(key.1)].push(count);
                }
            }
        }
    }
}

impl Policy for Quantile {
    fn admit(&mut self, request: &Request, now: Ms) -> Result<(), Ms> {
        let key = (request.caller(), request.route as u8);
        if self.counts.get(&key).is_some_and(|(window, _)| *window != now / WINDOW) {
            self.turn(Some(key));
        }
        let (window, count) = self.counts.entry(key).or_insert((now / WINDOW, 0));
        if *window != now / WINDOW {
            (*window, *count) = (now / WINDOW, 0);
        }
        *count += 1;
        match self.most {
            Some(most) if *count > most[usize::from(key.1)] => Err(WINDOW - now % WINDOW),
            _ => Ok(()),
        }
    }

    fn holds(&self, request: &Request, now: Ms) -> bool {
        let key = (request.caller(), request.route as u8);
        let count = self.counts.get(&key).filter(|(window, _)| *window == now / WINDOW);
        match (self.most, count) {
            (Some(most), Some((_, count))) => *count > most[usize::from(key.1)],
            _ => false,
        }
    }
}
