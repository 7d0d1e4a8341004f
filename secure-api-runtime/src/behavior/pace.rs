//! The pace of callers: calls in a minute beside what others do on the same route.
//!
//! A cell for each caller and route, in a table of fixed size where a newcomer takes the place of whoever was there; so an
//! ordinary call costs one write, and nothing is allocated. What a route is used to is a histogram of callers: each feeds it
//! once an hour, so that one who calls without pause is one of a hundred and does not become what is usual.

/// The calls that callers of a route send in a minute: a histogram in steps of half an octave.
#[derive(Debug, Clone, PartialEq)]
pub struct Usual {
    seen: [f32; STEPS],
    sum: f32,
}

const STEPS: usize = 32;

/// The callers that have to be seen before anything is unusual.
const ENOUGH: f32 = 50.0;

/// The calls in a minute that are never unusual.
const ALWAYS: u32 = 60;

/// The multiple of the 99th percentile from which a call is beyond the pace.
const BEYOND: u32 = 4;

/// The callers after which the oldest weigh half: what is usual changes.
const MEMORY: f32 = 20_000.0;

impl Default for Usual {
    fn default() -> Self {
        Self { seen: [0.0; STEPS], sum: 0.0 }
    }
}

impl Usual {
    /// Adds the calls of one caller in one minute.
    pub fn feed(&mut self, calls: u32) {
        if self.sum >= MEMORY {
            for seen in &mut self.seen {
                *seen /= 2.0;
            }
            self.sum /= 2.0;
        }
        self.seen[step(calls)] += 1.0;
        self.sum += 1.0;
    }

    /// Returns the calls in a minute that 99 of 100 callers do not exceed, once enough were seen.
    #[must_use]
    pub fn p99(&self) -> Option<u32> {
        if self.sum < ENOUGH {
            return None;
        }
        let mut below = 0.0;
        for (step, seen) in self.seen.iter().enumerate() {
            below += seen;
            if below >= self.sum * 0.99 {
                return Some(upper(step));
            }
        }
        Some(upper(STEPS - 1))
    }
}

/// Returns the step of a number of calls: two for each doubling.
fn step(calls: u32) -> usize {
    let octave = calls.max(1).ilog2();
    let second = octave > 0 && calls >= 3 << (octave - 1);
    (2 * octave as usize + usize::from(second)).min(STEPS - 1)
}

/// Returns the first number of calls that is above a step.
fn upper(step: usize) -> u32 {
    let octave = (step / 2) as u32;
    if step.is_multiple_of(2) && octave > 0 { 3 << (octave - 1) } else { 2 << octave }
}

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    tag: u32,
    minute: u32,
    calls: u32,
    /// The hour in which this caller has fed what is usual.
    fed: u32,
}

/// The paces of all callers, on all routes.
#[derive(Debug)]
pub struct Paces {
    cells: Box<[Cell]>,
}

impl Paces {
    /// Creates the table, of 16 bytes for each cell.
    #[must_use]
    pub fn new(cells: usize) -> Self {
        Self { cells: vec![Cell::default(); cells.next_power_of_two()].into() }
    }

    /// Counts a call of a caller on a route, by the hash of both, and returns `true` if it is beyond the pace of the route.
    pub fn call(&mut self, both: u64, now: u64, usual: &mut Usual) -> bool {
        let (minute, tag) = ((now / 60_000) as u32 + 1, (both >> 32) as u32);
        let place = both as usize & (self.cells.len() - 1);
        let cell = &mut self.cells[place];
        if cell.tag != tag {
            *cell = Cell { tag, minute, calls: 1, fed: 0 };
            return false;
        }
        if cell.minute != minute {
            let hour = minute / 60 + 1;
            if cell.fed != hour {
                cell.fed = hour;
                usual.feed(cell.calls);
            }
            (cell.minute, cell.calls) = (minute, 0);
        }
        cell.calls += 1;
        cell.calls > ALWAYS && usual.p99().is_some_and(|p99| cell.calls > BEYOND * p99)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::behavior::math::mixed;

    #[test]
    fn a_step_holds_what_its_bounds_say() {
        for calls in 1..5000 {
            let step = step(calls);
            assert!(calls < upper(step), "{calls} in {step}");
            assert!(step == 0 || calls >= upper(step - 1), "{calls} in {step}");
        }
    }

    // R67
    #[test]
    fn one_who_calls_without_pause_is_beyond_the_pace_and_does_not_become_usual() {
        let (mut paces, mut usual) = (Paces::new(1 << 12), Usual::default());
        let mut beyond = [0; 2];
        for minute in 0..120_u64 {
            for caller in 0..80_u64 {
                for call in 0..3 + caller % 9 {
                    let now = minute * 60_000 + call * 1000;
                    beyond[0] += u32::from(paces.call(mixed(caller + 1), now, &mut usual));
                }
            }
            for call in 0..300 {
                let now = minute * 60_000 + call * 200;
                beyond[1] += u32::from(paces.call(mixed(1000), now, &mut usual));
            }
        }
        assert_eq!(beyond[0], 0);
        assert!(beyond[1] > 25_000, "{} calls were beyond the pace", beyond[1]);
    }
}
