//! Writing a view: field by field, borrowed from the resource straight into the response's bytes.

use std::sync::Arc;

use serde::Serializer as _;
use serde_json::ser::Formatter as _;

use super::{
    MOST_ITEMS,
    html_safe::{HtmlSafe, is_plain},
};
use crate::{
    error::{Problem, problem},
    identity::Identity,
    input::{AsText, Leaf},
};

mod fields;

pub use fields::Fields;

/// The bytes of an answer in the making, and the version and the caller that it is made for.
#[derive(Debug)]
pub struct Output {
    bytes: Vec<u8>,
    /// The version's place in the API's table.
    version: usize,
    /// The caller that it goes to.
    viewer: Option<Arc<Identity>>,
    /// The field that is being written, and how many entries it has at most if it is a list or a map.
    field: &'static str,
    most: usize,
    /// The number of objects, lists and maps around the place that is written.
    depth: usize,
    /// The fields around that place that lead back to their own view.
    levels: Vec<&'static str>,
    /// The first reason for which this is no answer. Nothing is written from there on.
    flaw: Option<Flaw>,
}

/// A reason for which what was written is no answer.
#[derive(Debug)]
enum Flaw {
    /// A list or map is longer than its document says.
    Overfull { field: &'static str, count: usize, most: usize },
    /// A field stands in more than [`MOST_LEVELS`] objects, lists and maps.
    Deep { field: &'static str },
    /// A field that leads back to its own view nests deeper than it says.
    Levels { field: &'static str, most: usize },
    /// A value has no JSON: a number that is none, or infinite.
    Unwritten { field: &'static str, why: String },
    /// An object was to be shown that its caller may not have.
    Refused,
}

/// The deepest nesting of an answer. The first of the common readers of JSON stop at as many, and each level takes room on the
/// stack: what shows itself, and was made by callers, could be as deep as they like.
const MOST_LEVELS: usize = 64;

impl Output {
    /// Creates an empty output, for the version at this place of the API's table, and for this caller.
    pub fn new(version: usize, viewer: Option<&Arc<Identity>>, capacity: usize) -> Self {
        let (bytes, field, most) = (Vec::with_capacity(capacity), "", MOST_ITEMS);
        Self {
            bytes,
            version,
            viewer: viewer.cloned(),
            field,
            most,
            depth: 0,
            levels: Vec::new(),
            flaw: None,
        }
    }

    /// Returns the bytes written.
    ///
    /// # Errors
    ///
    /// 500 where a list or map is longer than its document says: half of it would be a wrong answer that looks right,
    /// and a caller may have made room for so many. Where the answer nests deeper than 64 levels, or has a
    /// value that JSON does not have, as infinity. And where an object is shown that its caller may not have. The log tells which.
    pub fn into_bytes(self) -> Result<Vec<u8>, Problem> {
        let why = match self.flaw {
            None => return Ok(self.bytes),
            Some(Flaw::Refused) => {
                "an object inside of the answer was changed, and its rule denies it now, or another caller has its \
                 proof"
                    .to_owned()
            }
            Some(Flaw::Overfull { field, count, most }) => {
                format!(
                    "`{field}` in the answer has {count} entries, and its view has room for {most}"
                )
            }
            Some(Flaw::Deep { field }) => {
                format!("`{field}` in the answer stands deeper than {MOST_LEVELS} levels")
            }
            Some(Flaw::Levels { field, most }) => {
                format!("`{field}` in the answer nests deeper than {most} levels")
            }
            Some(Flaw::Unwritten { field, why }) => {
                format!("`{field}` in the answer cannot be written: {why}")
            }
        };
        Err(Problem::new(&problem::INTERNAL).because(why))
    }

    /// Returns the caller that it goes to.
    pub(crate) fn viewer(&self) -> Option<&Arc<Identity>> {
        self.viewer.as_ref()
    }

    /// Refuses the whole answer: its next part must not be shown to this caller.
    pub(crate) fn refuse(&mut self) {
        self.flaw = Some(Flaw::Refused);
    }

    /// Bounds the list or map that is written next to at most so many entries.
    pub fn at_most(&mut self, most: usize) {
        self.most = most;
    }

    /// Writes what leads back to its own view, at most so many levels of it.
    pub fn deeper(&mut self, most: usize, field: &'static str, write: impl FnOnce(&mut Self)) {
        let above = self.levels.iter().filter(|other| **other == field).count();
        let start = self.bytes.len();
        self.levels.push(field);
        write(self);
        self.levels.pop();
        // What has nothing in it is at no level.
        let holds_something = ![&b"null"[..], b"[]", b"{}"].contains(&&self.bytes[start..]);
        if above >= most && holds_something && self.flaw.is_none() {
            self.flaw = Some(Flaw::Levels { field, most });
        }
    }

    /// Bounds it to so many, where it is not bounded to fewer.
    pub(super) fn within(&mut self, most: usize) {
        self.most = self.most.min(most);
    }

    /// Returns `true` if so many entries may be written. What is inside of them has a bound of its own.
    fn has_room(&mut self, count: usize) -> bool {
        let most = std::mem::replace(&mut self.most, MOST_ITEMS);
        if count > most && self.flaw.is_none() {
            self.flaw = Some(Flaw::Overfull { field: self.field, count, most });
        }
        self.flaw.is_none()
    }

    /// Writes an object, a list or a map, if there is room for one more level; otherwise nothing of it is looked at.
    fn level(&mut self, open: &str, close: &str, write: impl FnOnce(&mut Self)) {
        if self.depth == MOST_LEVELS && self.flaw.is_none() {
            self.flaw = Some(Flaw::Deep { field: self.field });
        }
        if self.flaw.is_some() {
            return;
        }
        self.depth += 1;
        self.push(open);
        write(self);
        self.push(close);
        self.depth -= 1;
    }

    /// Writes text that is JSON already.
    pub(crate) fn push(&mut self, json: &str) {
        self.bytes.extend_from_slice(json.as_bytes());
    }

    /// Writes a text, quoted and escaped.
    pub(crate) fn text(&mut self, text: &str) {
        if is_plain(text) {
            return ["\"", text, "\""].into_iter().for_each(|part| self.push(part));
        }
        let mut serializer = serde_json::Serializer::with_formatter(&mut self.bytes, HtmlSafe);
        // Writing text into memory does not fail.
        drop(serde::Serialize::serialize(text, &mut serializer));
    }

    /// Writes the text of a leaf value, quoted and escaped.
    fn key<K: Leaf>(&mut self, key: &K) {
        let serializer = &mut serde_json::Serializer::with_formatter(&mut self.bytes, HtmlSafe);
        // Writing text into memory does not fail.
        drop(serializer.collect_str(&AsText(key)));
    }

    /// Writes a leaf value.
    pub(super) fn leaf<T: Leaf>(&mut self, value: &T) {
        if value.lend_text(|text| self.text(text)) {
            return;
        }
        let mut serializer = serde_json::Serializer::with_formatter(&mut self.bytes, HtmlSafe);
        // Writing into memory does not fail, so it is the value that has no text in JSON.
        if let Err(error) = value.serialize(&mut serializer)
            && self.flaw.is_none()
        {
            self.flaw = Some(Flaw::Unwritten { field: self.field, why: error.to_string() });
        }
    }

    /// Writes free JSON of so many levels. What HTML would read stands in its texts only, where an escape means the same.
    pub(crate) fn free(&mut self, json: &str, levels: usize) {
        if self.depth + levels > MOST_LEVELS && self.flaw.is_none() {
            self.flaw = Some(Flaw::Deep { field: self.field });
        }
        if self.flaw.is_none() {
            // Writing into memory does not fail.
            drop(HtmlSafe.write_string_fragment(&mut self.bytes, json));
        }
    }

    /// Writes a list.
    pub(super) fn list<T>(
        &mut self,
        items: impl ExactSizeIterator<Item = T>,
        write: impl Fn(&mut Self, T),
    ) {
        if !self.has_room(items.len()) {
            return;
        }
        self.level("[", "]", |out| {
            for (index, item) in items.enumerate() {
                if index > 0 {
                    out.push(",");
                }
                write(out, item);
            }
        });
    }

    /// Writes a map. A key is the text of its value, as it is in a path.
    pub(super) fn map<'k, K: Leaf, T>(
        &mut self,
        entries: impl ExactSizeIterator<Item = (&'k K, T)>,
        write: impl Fn(&mut Self, T),
    ) {
        if !self.has_room(entries.len()) {
            return;
        }
        self.level("{", "}", |out| {
            for (index, (key, value)) in entries.enumerate() {
                if index > 0 {
                    out.push(",");
                }
                out.key(key);
                out.push(":");
                write(out, value);
            }
        });
    }
}
