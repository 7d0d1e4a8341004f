//! Invariants of all that a stranger sends: a target for each form, called by libFuzzer with bytes that it makes up, and by a
//! test with the seeds.
//!
//! A target that `secure_api::__fuzz` opens a door for is built for fuzzing alone.

mod api;
mod encoded;
mod operations;

pub mod config;
pub mod cookie;
pub mod cursor;
#[cfg(fuzzing)]
pub mod document;
pub mod forwarded;
pub mod json;
pub mod multipart;
pub mod path;
pub mod problem;
#[cfg(fuzzing)]
pub mod proxied;
pub mod range;
pub mod structured;
pub mod token;
pub mod trace;
pub mod webhook;
