//! Notes of an input: the values that limits count by, as they were read.

use std::{collections::HashMap, fmt};

/// The thing that a limit counts by of an input field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Noted {
    /// Its value.
    Value(&'static str),
    /// The number of its entries.
    Entries(&'static str),
}

/// The fields of an input that limits count by, and what was read of them.
#[derive(Default)]
pub(crate) struct Notes {
    wanted: Box<[Noted]>,
    texts: HashMap<&'static str, String>,
    entries: HashMap<&'static str, u32>,
}

impl Notes {
    /// Creates the notes that are to be made.
    pub(crate) fn of(wanted: &[Noted]) -> Self {
        Self { wanted: wanted.into(), ..Self::default() }
    }

    /// Returns the thing to note of a field. One that is a list is no single value, so there is one thing at most.
    pub(crate) fn wanted(&self, field: &str) -> Option<Noted> {
        let is_of = |noted: &&Noted| match noted {
            Noted::Value(name) | Noted::Entries(name) => *name == field,
        };
        self.wanted.iter().find(is_of).copied()
    }

    /// Notes a value by its one text, in lower case: who looks a name up or mails to an address mostly does not tell cases apart,
    /// and each spelling would be counted by itself.
    pub(crate) fn text(&mut self, field: &'static str, text: String) {
        self.texts.insert(field, text.to_lowercase());
    }

    /// Notes a list by the number of its entries.
    pub(crate) fn entries(&mut self, field: &'static str, count: u32) {
        self.entries.insert(field, count);
    }

    /// Returns the text of a field; `None` where it was left out.
    pub(super) fn text_of(&self, field: &str) -> Option<&str> {
        self.texts.get(field).map(String::as_str)
    }

    /// Returns the value of the first of the fields that limits count by the value of, if it is there.
    pub(super) fn first(&self) -> Option<&str> {
        let mut values = self.wanted.iter().filter_map(|noted| match noted {
            Noted::Value(field) => self.text_of(field),
            Noted::Entries(_) => None,
        });
        values.next()
    }

    /// Returns the number of entries of a list; none where it was left out.
    pub(super) fn entries_of(&self, field: &str) -> u32 {
        self.entries.get(field).copied().unwrap_or(0)
    }
}

impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What was sent is not for logs.
        f.debug_struct("Notes").field("wanted", &self.wanted).finish_non_exhaustive()
    }
}
