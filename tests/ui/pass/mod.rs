//! The programs that compile. Each module is an API of its own that is built when its test runs.

mod aliases;
mod conditional;
mod conditions;
mod hygiene;
mod large;
mod marked_elsewhere;
mod module;
mod modules;
mod names_elsewhere;
mod no_prelude;
mod other_preludes;
mod others_names;
mod raw_names;
mod restricted;
mod results;
mod unrelated_roles;
mod variants;
