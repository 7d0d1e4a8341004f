//! The bounds of one field, as the derive states them and the decoder enforces them.

pub(in crate::input) mod bounds;
mod email;
pub(in crate::input) mod fit;
mod further;
pub(in crate::input) mod key;
mod listed;
pub(in crate::input) mod owned;
pub(in crate::input) mod pattern;
pub(in crate::input) mod query;
mod range;
pub(in crate::input) mod reads;
pub(in crate::input) mod rule;
pub(in crate::input) mod text;

use super::{FileKind, Pattern};

pub use range::{Range, RangeEnd};

pub(crate) use email::{LONGEST_EMAIL, read_email};

/// The bounds of one value. Every part is a constant, so that the compiler can check and place it.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub(in crate::input) text: bool,
    pub(in crate::input) email: bool,
    pub(in crate::input) min_len: Option<usize>,
    pub(in crate::input) max_len: Option<usize>,
    pub(in crate::input) pattern: Option<PatternRule>,
    pub(in crate::input) range: Option<Range>,
    pub(in crate::input) items: Option<(usize, usize)>,
    pub(in crate::input) each: Option<&'static Rules>,
    pub(in crate::input) keys: Option<&'static Rules>,
    pub(in crate::input) contains: Option<&'static str>,
    pub(in crate::input) excludes: Option<&'static str>,
    pub(in crate::input) multiple_of: Option<i64>,
    pub(in crate::input) one_of: Option<&'static [i64]>,
    pub(in crate::input) only: Option<bool>,
    pub(in crate::input) unique: bool,
    pub(in crate::input) max_bytes: Option<usize>,
    pub(in crate::input) kinds: Option<&'static [FileKind]>,
    pub(in crate::input) segment: Option<&'static [&'static str]>,
    pub(in crate::input) separated: Option<&'static str>,
    pub(in crate::input) json: bool,
    pub(in crate::input) depth: Option<Levels>,
}

/// The most levels of a field that leads back to its own input.
#[derive(Debug, Clone, Copy)]
pub(in crate::input) struct Levels {
    pub(in crate::input) most: usize,
    /// The field, by the names of its input and its own.
    pub(in crate::input) of: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::input) struct PatternRule {
    /// The function that returns the pattern: a constant cannot refer to a value that is compiled later.
    pub(in crate::input) place: fn() -> &'static Pattern,
    /// Fewest and most characters that it matches.
    pub(in crate::input) shortest: usize,
    pub(in crate::input) longest: Option<usize>,
    /// The ASCII characters that a match can have, a bit each.
    pub(in crate::input) letters: u128,
}

impl Rules {
    /// No bounds: for types that bring their own.
    pub const NONE: Self = Self {
        text: false,
        email: false,
        min_len: None,
        max_len: None,
        pattern: None,
        range: None,
        items: None,
        each: None,
        keys: None,
        contains: None,
        excludes: None,
        multiple_of: None,
        one_of: None,
        only: None,
        unique: false,
        max_bytes: None,
        kinds: None,
        segment: None,
        separated: None,
        json: false,
        depth: None,
    };

    /// Declares free text by people: line breaks are kept, other control characters removed, both ends trimmed.
    #[must_use]
    pub const fn text(self) -> Self {
        Self { text: true, ..self }
    }

    /// Demands an e-mail address.
    #[must_use]
    pub const fn email(self) -> Self {
        Self { email: true, ..self }
    }

    /// Sets the fewest characters.
    #[must_use]
    pub const fn min_len(self, characters: usize) -> Self {
        Self { min_len: Some(characters), ..self }
    }

    /// Sets the most characters.
    #[must_use]
    pub const fn max_len(self, characters: usize) -> Self {
        Self { max_len: Some(characters), ..self }
    }

    /// Sets the pattern that the whole text matches, with the fewest and most characters that it can match, and the
    /// ASCII characters of such a match, a bit each.
    #[must_use]
    pub const fn pattern(
        self,
        place: fn() -> &'static Pattern,
        shortest: usize,
        longest: Option<usize>,
        letters: u128,
    ) -> Self {
        Self { pattern: Some(PatternRule { place, shortest, longest, letters }), ..self }
    }

    /// Sets the range that a number lies in.
    #[must_use]
    pub const fn range(self, range: Range) -> Self {
        Self { range: Some(range), ..self }
    }

    /// Sets the fewest and most items of a list, or entries of a map.
    #[must_use]
    pub const fn items(self, fewest: usize, most: usize) -> Self {
        Self { items: Some((fewest, most)), ..self }
    }

    /// Sets the most levels of this field, which leads back to its own input.
    #[must_use]
    pub const fn depth(self, most: usize, of: &'static str) -> Self {
        Self { depth: Some(Levels { most, of }), ..self }
    }

    /// Sets the rules of each item of a list, or value of a map.
    #[must_use]
    pub const fn each(self, rules: &'static Rules) -> Self {
        Self { each: Some(rules), ..self }
    }

    /// Sets the rules of each name in a map.
    #[must_use]
    pub const fn keys(self, rules: &'static Rules) -> Self {
        Self { keys: Some(rules), ..self }
    }

    /// Demands a text that is in it.
    #[must_use]
    pub const fn contains(self, part: &'static str) -> Self {
        Self { contains: Some(part), ..self }
    }

    /// Forbids a text that is in it.
    #[must_use]
    pub const fn excludes(self, part: &'static str) -> Self {
        Self { excludes: Some(part), ..self }
    }

    /// Sets the divisor of a whole number.
    #[must_use]
    pub const fn multiple_of(self, factor: i64) -> Self {
        Self { multiple_of: Some(factor), ..self }
    }

    /// Demands that no item occurs twice.
    #[must_use]
    pub const fn unique(self) -> Self {
        Self { unique: true, ..self }
    }

    /// Sets the most bytes of a file.
    #[must_use]
    pub const fn max_bytes(self, bytes: usize) -> Self {
        Self { max_bytes: Some(bytes), ..self }
    }

    /// Sets the kinds of a file.
    #[must_use]
    pub const fn kinds(self, kinds: &'static [FileKind]) -> Self {
        Self { kinds: Some(kinds), ..self }
    }

    /// Demands one segment of a path, and none of these words: the text is a key.
    #[must_use]
    pub const fn segment(self, reserved: &'static [&'static str]) -> Self {
        Self { segment: Some(reserved), ..self }
    }

    /// Sets the text between the items of a list, where a query or a form has all of them in one text.
    #[must_use]
    pub const fn separated(self, by: &'static str) -> Self {
        Self { separated: Some(by), ..self }
    }

    /// Says that a query or a form has the value as JSON.
    #[must_use]
    pub const fn json(self) -> Self {
        Self { json: true, ..self }
    }

    /// Returns the ASCII characters that text under these rules can have, a bit each, if a pattern says so.
    pub(super) const fn letters(&self) -> Option<u128> {
        match self.pattern {
            Some(pattern) => Some(pattern.letters),
            None => None,
        }
    }

    /// Returns the kinds that a file may be of; none where none are stated.
    pub(crate) const fn of_kinds(&self) -> &'static [FileKind] {
        match self.kinds {
            Some(kinds) => kinds,
            None => &[],
        }
    }

    /// Returns the most bytes of a file; none where none are stated.
    pub(crate) const fn most_bytes(&self) -> usize {
        match self.max_bytes {
            Some(bytes) => bytes,
            None => 0,
        }
    }

    /// Returns the rules of each name in a map; none where none are stated.
    pub(in crate::input) const fn of_keys(&self) -> &'static Self {
        match self.keys {
            Some(rules) => rules,
            None => &Self::NONE,
        }
    }

    /// Returns the rules of each item of a list; none where none are stated.
    pub(in crate::input) const fn of_items(&self) -> &'static Self {
        match self.each {
            Some(rules) => rules,
            None => &Self::NONE,
        }
    }

    /// Returns the ends of the range, and `true` if the higher one belongs to it.
    pub(crate) const fn ends(&self) -> Option<(RangeEnd, RangeEnd, bool)> {
        match &self.range {
            Some(range) => Some((range.low, range.high, range.closed)),
            None => None,
        }
    }

    /// Returns the most characters that text under these rules has, if anything says so.
    pub(crate) const fn longest(&self) -> Option<usize> {
        let mut longest = self.max_len;
        if self.email {
            longest = smaller(longest, LONGEST_EMAIL);
        }
        if let Some(PatternRule { longest: Some(most), .. }) = self.pattern {
            longest = smaller(longest, most);
        }
        longest
    }

    /// Returns the fewest characters that text under these rules has.
    pub(in crate::input) const fn shortest(&self) -> usize {
        let stated = match self.min_len {
            Some(fewest) => fewest,
            None => 0,
        };
        let stated = if stated == 0 && self.segment.is_some() { 1 } else { stated };
        match self.pattern {
            Some(pattern) if pattern.shortest > stated => pattern.shortest,
            _ => stated,
        }
    }
}

const fn smaller(bound: Option<usize>, other: usize) -> Option<usize> {
    match bound {
        Some(bound) if bound < other => Some(bound),
        _ => Some(other),
    }
}
