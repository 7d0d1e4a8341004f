//! A regular expression that a whole text matches: compiled once, at its first use.

use std::sync::OnceLock;

use regex::Regex;

/// A pattern that the derive has parsed, and anchored at both ends.
///
/// The expressions are finite automata: a match takes time linear in the text, whatever the text is.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Creates a pattern, anchored at both ends.
    pub const fn new(text: &'static str) -> Self {
        Self { text, regex: OnceLock::new() }
    }

    /// Returns the expression as documents show it.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Returns `true` if the whole text matches. An expression that cannot be compiled matches nothing.
    pub fn matches(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| Regex::new(self.text).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}
