//! Writing a view: field by field, borrowed from the resource straight into the response's bytes.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    io,
    sync::Arc,
};

use serde_json::ser::{CharEscape, Formatter};

use super::{Resource, ViewInfo, ViewOf};
use crate::{
    input::Leaf,
    shape::{ObjectShape, Shape},
};

/// The object being written. A view puts its fields in by name.
#[derive(Debug)]
pub struct Fields<'a> {
    out: &'a mut Vec<u8>,
    empty: bool,
}

impl<'a> Fields<'a> {
    /// Writes one object, its fields by `fill`.
    pub fn object(out: &'a mut Vec<u8>, fill: impl FnOnce(&mut Fields<'_>)) {
        out.push(b'{');
        fill(&mut Fields { out, empty: true });
        out.push(b'}');
    }

    /// The fields of the view that this one extends.
    pub fn extend<V: ViewOf<R>, R>(&mut self, resource: &R) {
        V::project(resource, self);
    }

    /// A field's name; its value is written next, to what comes back. Field names are Rust identifiers or checked
    /// by the derive, so there is nothing in them to escape.
    pub fn name(&mut self, name: &'static str) -> &mut Vec<u8> {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out
    }
}

/// What may stand in a view as it is: a leaf value, through `Option`, `Vec`, maps and references.
///
/// `serde::Serialize` is not enough: it would let a whole structure out that nobody listed.
#[diagnostic::on_unimplemented(
    message = "SA707: `{Self}` cannot stand in a view as it is",
    label = "not a leaf value",
    note = "show it through one of its own views (`field as ItemView`), or make it a leaf by `#[derive(Value)]`"
)]
pub trait Exposed {
    /// Its JSON form.
    fn shape() -> Shape
    where
        Self: Sized;

    /// Writes it as JSON.
    fn write(&self, out: &mut Vec<u8>);
}

/// What may stand in a view as another view: a resource, through `Option`, `Vec` and maps.
#[diagnostic::on_unimplemented(
    message = "SA703: `{V}` is not a view of `{Self}`",
    label = "a view of something else",
    note = "name a view that is declared above the field's type by `#[view(…)]`"
)]
pub trait ExposedAs<V> {
    /// The view.
    const VIEW: &'static ViewInfo;

    /// Its JSON form.
    fn shape_as() -> Shape;

    /// Writes it as JSON through the view.
    fn write_as(&self, out: &mut Vec<u8>);
}

impl<T: Leaf> Exposed for T {
    fn shape() -> Shape {
        T::shape()
    }

    fn write(&self, out: &mut Vec<u8>) {
        let mut serializer = serde_json::Serializer::with_formatter(&mut *out, HtmlSafe);
        if self.serialize(&mut serializer).is_err() {
            // Writing into memory does not fail; a leaf that refuses to be written is null.
            out.extend_from_slice(b"null");
        }
    }
}

/// How many items a list in an answer has at most; more are a mistake of the app that the log tells.
const MOST_ITEMS: u64 = 10_000;

fn list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, write: impl Fn(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.push(b']');
}

fn map<'k, T>(
    out: &mut Vec<u8>,
    entries: impl IntoIterator<Item = (&'k String, T)>,
    write: impl Fn(&mut Vec<u8>, T),
) {
    out.push(b'{');
    for (index, (key, value)) in entries.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_text(out, key);
        out.push(b':');
        write(out, value);
    }
    out.push(b'}');
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, HtmlSafe);
    // Writing text into memory does not fail.
    drop(serde::Serialize::serialize(text, &mut serializer));
}

fn list_shape(item: Shape) -> Shape {
    Shape::List { item: Box::new(item), min_items: 0, max_items: MOST_ITEMS }
}

fn map_shape(value: Shape) -> Shape {
    Shape::Map { value: Box::new(value), max_properties: MOST_ITEMS }
}

impl<T: Exposed> Exposed for Option<T> {
    fn shape() -> Shape {
        Shape::Nullable(Box::new(T::shape()))
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl<T: Exposed> Exposed for Vec<T> {
    fn shape() -> Shape {
        list_shape(T::shape())
    }

    fn write(&self, out: &mut Vec<u8>) {
        list(out, self, |out, item| item.write(out));
    }
}

impl<T: Exposed> Exposed for BTreeMap<String, T> {
    fn shape() -> Shape {
        map_shape(T::shape())
    }

    fn write(&self, out: &mut Vec<u8>) {
        map(out, self, |out, value| value.write(out));
    }
}

impl<T: Exposed, S> Exposed for HashMap<String, T, S> {
    fn shape() -> Shape {
        map_shape(T::shape())
    }

    fn write(&self, out: &mut Vec<u8>) {
        map(out, self, |out, value| value.write(out));
    }
}

impl<T: Exposed> Exposed for Arc<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn write(&self, out: &mut Vec<u8>) {
        (**self).write(out);
    }
}

impl Exposed for Cow<'static, str> {
    fn shape() -> Shape {
        <String as Leaf>::shape()
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_text(out, self);
    }
}

impl<R: Resource, V: ViewOf<R>> ExposedAs<V> for R {
    const VIEW: &'static ViewInfo = V::INFO;

    fn shape_as() -> Shape {
        let info = V::INFO;
        Shape::Object(ObjectShape {
            name: info.name,
            description: info.description,
            fields: info.fields,
        })
    }

    fn write_as(&self, out: &mut Vec<u8>) {
        Fields::object(out, |fields| V::project(self, fields));
    }
}

impl<V, T: ExposedAs<V>> ExposedAs<V> for Option<T> {
    const VIEW: &'static ViewInfo = T::VIEW;

    fn shape_as() -> Shape {
        Shape::Nullable(Box::new(T::shape_as()))
    }

    fn write_as(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write_as(out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl<V, T: ExposedAs<V>> ExposedAs<V> for Vec<T> {
    const VIEW: &'static ViewInfo = T::VIEW;

    fn shape_as() -> Shape {
        list_shape(T::shape_as())
    }

    fn write_as(&self, out: &mut Vec<u8>) {
        list(out, self, |out, item| item.write_as(out));
    }
}

impl<V, T: ExposedAs<V>> ExposedAs<V> for BTreeMap<String, T> {
    const VIEW: &'static ViewInfo = T::VIEW;

    fn shape_as() -> Shape {
        map_shape(T::shape_as())
    }

    fn write_as(&self, out: &mut Vec<u8>) {
        map(out, self, |out, value| value.write_as(out));
    }
}

impl<V, T: ExposedAs<V>, S> ExposedAs<V> for HashMap<String, T, S> {
    const VIEW: &'static ViewInfo = T::VIEW;

    fn shape_as() -> Shape {
        map_shape(T::shape_as())
    }

    fn write_as(&self, out: &mut Vec<u8>) {
        map(out, self, |out, value| value.write_as(out));
    }
}

/// JSON in which `<`, `>` and `&` are escaped, so that a body that is mistaken for HTML stays text.
struct HtmlSafe;

impl Formatter for HtmlSafe {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(place) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            let (plain, from) = rest.split_at(place);
            writer.write_all(plain.as_bytes())?;
            let Some(letter) = from.chars().next() else { break };
            write!(writer, "\\u{:04x}", u32::from(letter))?;
            rest = &from[letter.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        serde_json::ser::CompactFormatter.write_char_escape(writer, escape)
    }
}
