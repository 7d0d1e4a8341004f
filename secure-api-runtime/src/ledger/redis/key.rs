//! The keys in a Redis.
//!
//! A key is `sa:{tag}kind`, then a name where the tag does not say it. What is in braces is the hash tag: all keys with one tag are on
//! one machine of a cluster, and a script names no keys of two.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::ledger::Name;

/// The bytes of a slot's name that make a tag: two slots of one tag are on one machine, and nothing more.
const TAG_BYTES: usize = 8;

/// Returns the key of something that stands by itself.
pub(super) fn alone(kind: char, name: Name) -> String {
    format!("sa:{{{}}}{kind}", URL_SAFE_NO_PAD.encode(name.as_bytes()))
}

/// Returns the key of something in a slot.
pub(super) fn inside(kind: char, slot: Name, name: Name) -> String {
    // 39 bytes: with what a Redis adds to them they take 48, where whole names took 64.
    let mut key = String::with_capacity(40);
    key.push_str("sa:{");
    URL_SAFE_NO_PAD.encode_string(&slot.as_bytes()[..TAG_BYTES], &mut key);
    key.push('}');
    key.push(kind);
    URL_SAFE_NO_PAD.encode_string(name.as_bytes(), &mut key);
    key
}

/// Returns a key to try with, which no name has.
pub(super) fn of_probe(kind: char) -> String {
    format!("sa:{{probe}}{kind}")
}
