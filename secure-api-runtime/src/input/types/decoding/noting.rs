//! Notes of what is decoded, for the limits that count by it.

use super::{Decoding, Step};
use crate::{
    input::{Decode, Node},
    limit::{Noted, Notes},
};

impl Decoding {
    /// Returns the same with notes to make.
    pub(in crate::input) fn noting(self, notes: Option<Notes>) -> Self {
        Self { notes, ..self }
    }

    /// Returns the notes that were made.
    pub(in crate::input) fn take_notes(&mut self) -> Option<Notes> {
        self.notes.take()
    }

    /// Returns the thing to note of the value at the current place, where it is a field that a limit counts by, and is there.
    #[inline]
    pub(in crate::input) fn to_note(&self, node: &Node<'_>) -> Option<(Noted, u32)> {
        let notes = self.notes.as_ref()?;
        let [Step::Field(field)] = self.path[..] else { return None };
        let entries = match node {
            Node::Absent | Node::Null => return None,
            Node::List(items) => items.len(),
            Node::Object(members) => members.len(),
            _ => 1,
        };
        Some((notes.wanted(field)?, u32::try_from(entries).unwrap_or(u32::MAX)))
    }

    /// Notes a value that was read.
    pub(in crate::input) fn note<T: Decode>(&mut self, (noted, entries): (Noted, u32), value: &T) {
        let Some(notes) = &mut self.notes else { return };
        match noted {
            Noted::Entries(field) => notes.entries(field, entries),
            // The compiler lets nothing be counted that has no text. Were there such, all of it would count together.
            Noted::Value(field) => notes.text(field, value.identity().unwrap_or_default()),
        }
    }
}
