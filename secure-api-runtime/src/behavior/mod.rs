//! The behavior of callers: a score that tightens the limits of those who look, guess and try.
//!
//! Everything here is arithmetic: no clock, no request, no lock that another module needs. Time is handed in, in milliseconds,
//! so a simulation runs days of it in a second; `benches/behavior` compiles these files as they are, and nothing else of the
//! framework. [`Callers`] is the door: note what a caller did, ask if it may go on.
//!
//! ```text
//! signal → decayed counters of the caller (trail) → score → step of the ladder → the caller's pace
//! ```

mod callers;
mod ladder;
pub mod learned;
pub mod math;
mod pace;
mod proofs;
mod score;
mod scored;
mod setup;
mod signal;
mod sketch;
#[cfg(test)]
mod tests;
mod trail;
mod tried;

pub(crate) use self::scored::Scored;
pub use self::{
    callers::{Admission, Callers, Subject, WAYS},
    ladder::{FACTORS, INTERVAL, LOWEST, Ladder},
    pace::{Paces, Usual},
    score::{Explained, Scoring, Term},
    setup::Behavior,
    signal::{SIGNALS, Signal},
    sketch::Sketch,
    trail::Trail,
    tried::Tried,
};
