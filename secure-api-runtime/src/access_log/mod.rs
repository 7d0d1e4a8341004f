//! Access logs of other servers: their lines, in four formats.
//!
//! Limits are tried against one, and the inventory is held against one.

mod formats;
mod json;
mod lines;

pub(crate) use self::{
    formats::{Line, read},
    lines::Lines,
};
