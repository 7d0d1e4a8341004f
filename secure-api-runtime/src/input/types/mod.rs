//! Types that an input is made of: how each is decoded from a node.

pub(in crate::input) mod array;
mod boxed;
pub(in crate::input) mod contents;
pub(in crate::input) mod decode;
pub(in crate::input) mod decoding;
pub(in crate::input) mod fields;
pub(in crate::input) mod forms;
pub(in crate::input) mod free;
pub(in crate::input) mod free_object;
pub(in crate::input) mod kinds;
pub(in crate::input) mod leaf;
mod map;
pub(in crate::input) mod object;
pub(in crate::input) mod optional;
pub(in crate::input) mod references;
mod scalar;
pub(in crate::input) mod secret;
pub(in crate::input) mod tagged;
pub(in crate::input) mod texts;
mod textual;
pub(in crate::input) mod unique;
pub(in crate::input) mod untagged;
