//! The variables of the environment that are an app's.

use super::node::{Node, Place, Raw};

/// A variable with its value.
#[derive(Clone)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) node: Node,
}

impl Variable {
    pub(super) fn new(name: String, value: String) -> Self {
        let node = Node { raw: Raw::Variable(value), place: Place::Variable(name.clone()) };
        Self { name, node }
    }
}

/// Returns `true` for a word that variables can begin with.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Returns the beginning of an app's variables, as `SHOP_`; empty for a name that is none.
pub(super) fn prefix(name: &str) -> String {
    if is_name(name) { format!("{}_", capitals(name)) } else { String::new() }
}

/// Returns a key in the form of variables: `SERVER_MAX_CONNECTIONS`.
pub(super) fn capitals(key: &str) -> String {
    key.replace(['.', '-'], "_").to_ascii_uppercase()
}
