//! Writing a view: field by field, borrowed from the resource straight into the response's bytes.

use std::io;

use serde::Serializer as _;
use serde_json::ser::{CharEscape, Formatter};

use super::{MOST_ITEMS, ViewOf};
use crate::{
    error::{Problem, problem},
    input::{AsText, Leaf},
    version::VersionRange,
};

/// The bytes of an answer in the making, and the version that it is made for.
#[derive(Debug)]
pub struct Output {
    bytes: Vec<u8>,
    /// The version's place in the API's table.
    version: usize,
    /// The field that is being written, and how many entries it has at most if it is a list or a map.
    field: &'static str,
    most: usize,
    /// The first that had more. Nothing is written from there on.
    overfull: Option<Overfull>,
    /// `true` if an object was to be shown that its caller may not have.
    refused: bool,
}

/// A list or map in an answer that is longer than its document says.
#[derive(Debug)]
struct Overfull {
    field: &'static str,
    count: usize,
    most: usize,
}

impl Output {
    /// Creates an empty output, for the version at this place of the API's table.
    pub fn new(version: usize, capacity: usize) -> Self {
        let (bytes, field, most) = (Vec::with_capacity(capacity), "", MOST_ITEMS);
        Self { bytes, version, field, most, overfull: None, refused: false }
    }

    /// Returns the bytes written.
    ///
    /// # Errors
    ///
    /// 500 where a list or map is longer than its document says: half of it would be a wrong answer that looks right,
    /// and a caller may have made room for so many. And where an object is shown that its caller may not have. The log
    /// tells which.
    pub fn into_bytes(self) -> Result<Vec<u8>, Problem> {
        if self.refused {
            let why = "an object inside of the answer was changed, and its rule denies it now";
            return Err(Problem::new(&problem::INTERNAL).because(why));
        }
        match self.overfull {
            None => Ok(self.bytes),
            Some(Overfull { field, count, most }) => {
                Err(Problem::new(&problem::INTERNAL).because(format!(
                    "`{field}` in the answer has {count} entries, and its view has room for {most}"
                )))
            }
        }
    }

    /// Refuses the whole answer: its next part must not be shown to this caller.
    pub(crate) fn refuse(&mut self) {
        self.refused = true;
    }

    /// Bounds the list or map that is written next to at most so many entries.
    pub fn at_most(&mut self, most: usize) {
        self.most = most;
    }

    /// Returns `true` if so many entries may be written. What is inside of them has a bound of its own.
    fn has_room(&mut self, count: usize) -> bool {
        let most = std::mem::replace(&mut self.most, MOST_ITEMS);
        if count > most && self.overfull.is_none() {
            self.overfull = Some(Overfull { field: self.field, count, most });
        }
        self.overfull.is_none()
    }

    /// Writes text that is JSON already.
    pub(crate) fn push(&mut self, json: &str) {
        self.bytes.extend_from_slice(json.as_bytes());
    }

    /// Writes a text, quoted and escaped.
    pub(super) fn text(&mut self, text: &str) {
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
        let mut serializer = serde_json::Serializer::with_formatter(&mut self.bytes, HtmlSafe);
        if value.serialize(&mut serializer).is_err() {
            // Writing into memory does not fail; a leaf that refuses to be written is null.
            self.bytes.extend_from_slice(b"null");
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
        self.push("[");
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.push(",");
            }
            write(self, item);
        }
        self.push("]");
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
        self.push("{");
        for (index, (key, value)) in entries.enumerate() {
            if index > 0 {
                self.push(",");
            }
            self.key(key);
            self.push(":");
            write(self, value);
        }
        self.push("}");
    }
}

/// The object being written. A view puts its fields in by name.
#[derive(Debug)]
pub struct Fields<'a> {
    out: &'a mut Output,
    empty: bool,
    /// The only fields that were asked for, where the caller did not want all.
    only: Option<&'a [&'static str]>,
}

impl<'a> Fields<'a> {
    /// Writes one object, its fields by `fill`.
    pub fn object(out: &'a mut Output, fill: impl FnOnce(&mut Fields<'_>)) {
        Self::object_of(out, None, fill);
    }

    /// Writes one object of these fields only. What is inside of them is not narrowed.
    pub(crate) fn object_of(
        out: &'a mut Output,
        only: Option<&'a [&'static str]>,
        fill: impl FnOnce(&mut Fields<'_>),
    ) {
        out.push("{");
        let mut fields = Fields { out, empty: true, only };
        fill(&mut fields);
        fields.out.push("}");
    }

    /// Writes the fields of the view that this one extends.
    pub fn extend<V: ViewOf<R>, R>(&mut self, resource: &R) {
        V::project(resource, self);
    }

    /// Returns `true` if the answer is for one of these versions.
    pub fn within(&self, versions: VersionRange) -> bool {
        versions.contains(self.out.version)
    }

    /// Writes a field's name, unless nobody asked for it; its value is written next, to what comes back. Names are Rust
    /// identifiers, so there is nothing in them to escape.
    pub fn name(&mut self, name: &'static str) -> Option<&mut Output> {
        if self.only.is_some_and(|only| !only.contains(&name)) {
            return None;
        }
        self.out.push(if self.empty { "\"" } else { ",\"" });
        self.empty = false;
        self.out.push(name);
        self.out.push("\":");
        self.out.field = name;
        self.out.most = MOST_ITEMS;
        Some(self.out)
    }

    /// Writes the member that says which variant the object is. It is there whatever was asked for: without it nobody
    /// could tell what the others mean.
    pub fn tag(&mut self, name: &'static str, variant: &'static str) {
        self.out.push(if self.empty { "\"" } else { ",\"" });
        self.empty = false;
        for text in [name, "\":\"", variant, "\""] {
            self.out.push(text);
        }
    }
}

/// JSON in which `<`, `>` and `&` are escaped, so that a body that is mistaken for HTML stays text.
struct HtmlSafe;

/// The bytes that a letter to be escaped begins with: `<`, `>`, `&`, and the first of U+2028 and U+2029.
const IS_SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'&' as usize] = true;
    table[0xe2] = true;
    table
};

impl Formatter for HtmlSafe {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let bytes = fragment.as_bytes();
        let (mut written, mut place) = (0, 0);
        while let Some(next) = bytes[place..].iter().position(|byte| IS_SUSPECT[usize::from(*byte)])
        {
            place += next;
            let (escaped, length): (&[u8], usize) = match bytes[place..] {
                [b'<', ..] => (b"\\u003c", 1),
                [b'>', ..] => (b"\\u003e", 1),
                [b'&', ..] => (b"\\u0026", 1),
                [0xe2, 0x80, 0xa8, ..] => (b"\\u2028", 3),
                [0xe2, 0x80, 0xa9, ..] => (b"\\u2029", 3),
                // Another letter that begins as the two do.
                _ => {
                    place += 1;
                    continue;
                }
            };
            writer.write_all(&bytes[written..place])?;
            writer.write_all(escaped)?;
            place += length;
            written = place;
        }
        writer.write_all(&bytes[written..])
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        serde_json::ser::CompactFormatter.write_char_escape(writer, escape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R87
    #[test]
    fn what_html_or_a_script_would_read_is_escaped_and_nothing_else() {
        for (text, json) in [
            ("", "\"\""),
            ("plain", "\"plain\""),
            ("<&>", "\"\\u003c\\u0026\\u003e\""),
            ("a<b", "\"a\\u003cb\""),
            ("\u{2027}\u{2028}\u{2029}\u{202a}", "\"\u{2027}\\u2028\\u2029\u{202a}\""),
            ("€ € \u{20000} ⋯", "\"€ € \u{20000} ⋯\""),
            ("\"\\\n\u{1}<", "\"\\\"\\\\\\n\\u0001\\u003c\""),
        ] {
            let mut output = Output::new(0, 0);
            output.text(text);
            let bytes = output.into_bytes().expect("nothing is too long");
            assert_eq!(String::from_utf8(bytes).expect("text"), json, "{text:?}");
        }
    }
}
