//! What an attribute's values mean, one concern a file: read it, check it alone, emit it.

pub(crate) mod day;
pub(crate) mod pattern;
pub(crate) mod rules;
