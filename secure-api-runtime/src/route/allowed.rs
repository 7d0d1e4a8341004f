//! Exceptions from rules: each has a name and a reason in words, and the inventory lists it.

use crate::compose::same;

/// A rule that does not hold here, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// The rule's name.
    pub rule: &'static str,
    /// The reason stated.
    pub reason: &'static str,
}

impl Allowed {
    /// Whether a rule is among these.
    pub const fn has(allowed: &[Self], rule: &str) -> bool {
        let mut index = 0;
        while index < allowed.len() {
            if same(allowed[index].rule, rule) {
                return true;
            }
            index += 1;
        }
        false
    }
}
