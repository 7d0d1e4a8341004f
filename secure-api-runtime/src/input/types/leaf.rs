//! A single value with one text form: in a path, in a query, in a body, in a view.

use std::{borrow::Cow, fmt};

use serde::Serializer;

use crate::shape::Shape;

use crate::input::{Decode, Decoding, Node, Rules, Texts, TypeInfo};

/// A value that is one JSON scalar and can be written as one text.
///
/// Text, `bool`, numbers, `Uuid`, `jiff::Timestamp` (RFC 3339), `jiff::civil::Date` and what derives `Value`.
#[diagnostic::on_unimplemented(
    message = "SA509: `{Self}` is not a value",
    label = "neither a scalar nor made one by `#[derive(Value)]`",
    note = "write `#[derive(Value)]` above `{Self}`, where that is a newtype or an enum of names",
    note = "it wraps a `String`, a whole number of at most 64 bits, an `f64`, a `Uuid` or another value; a time is a `Timestamp`, a list a `Vec` of values, and HTML a `RichText`, which needs the feature `html`"
)]
pub trait Leaf: Decode + Send + Sync + 'static {
    /// The reason for which it names nobody's object, where one is stated.
    const UNOWNED: Option<&'static str> = None;

    /// The facts of the type, for those that wrap it.
    #[doc(hidden)]
    const KIND: TypeInfo = <Self as Decode>::TYPE;

    /// Its texts, as far as the compiler asks about them.
    #[doc(hidden)]
    const TEXTS: Texts = Texts::Any;

    /// Reads it from a path segment or query parameter that is already percent-decoded.
    ///
    /// # Errors
    ///
    /// Where the text is no such value, or one out of bounds. There is one text for each value: `7`, never
    /// `+7` or `07`.
    fn parse(text: &str) -> Result<Self, InvalidValue>;

    /// Writes what [`parse`](Self::parse) reads.
    ///
    /// # Errors
    ///
    /// Those of the formatter.
    fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;

    /// Reads what [`write_text`](Self::write_text) wrote, whatever an app made: nobody sent it, so no rule is asked.
    ///
    /// # Errors
    ///
    /// Where the text was not written by it.
    #[doc(hidden)]
    fn restored(text: &str) -> Result<Self, InvalidValue> {
        Self::parse(text)
    }

    /// Returns its JSON form.
    #[doc(hidden)]
    fn shape() -> Shape {
        (Self::KIND.shape)(&Rules::NONE)
    }

    /// Writes it in a view.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Lends its text, where its JSON is that text and nothing else. `false` where it is not, or where [`serialize`](Self::serialize)
    /// is to say.
    #[doc(hidden)]
    fn lend_text(&self, _to: impl FnOnce(&str)) -> bool {
        false
    }

    /// Returns its text.
    fn to_text(&self) -> String {
        AsText(self).to_string()
    }

    /// Returns the text by which it is compared with others of a list, for those that wrap it.
    #[doc(hidden)]
    fn comparable(&self) -> String {
        self.identity().unwrap_or_else(|| self.to_text())
    }

    /// Reads it from text under rules, for those that wrap it.
    #[doc(hidden)]
    fn parse_within(text: &str, rules: &Rules) -> Result<Self, InvalidValue> {
        Self::parse(text)?.admit(rules)
    }

    /// Cleans it and holds it against rules.
    #[doc(hidden)]
    fn admit(self, _rules: &Rules) -> Result<Self, InvalidValue> {
        Ok(self)
    }

    /// Reads it from a request, for those that wrap it.
    #[doc(hidden)]
    fn read(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        Self::decode(node, rules, decoding)
    }
}

/// Serializes what a function of the app made of a value, if it is within the rules that the document tells.
pub fn serialize_held<T: Leaf, S: Serializer>(
    held: T,
    rules: &Rules,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match held.admit(rules) {
        Ok(held) => held.serialize(serializer),
        Err(_) => {
            Err(serde::ser::Error::custom("what was written of the value breaks its own rules"))
        }
    }
}

/// Returns `true` if this is the text of a value, letter for letter, of which nothing is kept.
pub(crate) fn is_text_of<T: Leaf>(value: &T, text: &str) -> bool {
    struct Rest<'t>(&'t str);

    impl fmt::Write for Rest<'_> {
        fn write_str(&mut self, part: &str) -> fmt::Result {
            self.0 = self.0.strip_prefix(part).ok_or(fmt::Error)?;
            Ok(())
        }
    }

    let mut rest = Rest(text);
    fmt::write(&mut rest, format_args!("{}", AsText(value))).is_ok() && rest.0.is_empty()
}

/// Displays a leaf by its text.
pub(crate) struct AsText<'l, T>(pub(crate) &'l T);

impl<T: Leaf> fmt::Display for AsText<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_text(f)
    }
}

/// The rule that a value breaks. It does not hold the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidValue {
    /// The rule as a stable word: `type`, `range`, `length`, `pattern`, `email`, `characters`, `choice`.
    pub code: &'static str,
    /// The rule in words.
    pub detail: Cow<'static, str>,
    /// The member of the object at fault, where the value is an object.
    pub(in crate::input) field: Option<&'static str>,
}

impl InvalidValue {
    /// Creates a broken rule: a stable word for it in lower case, and the rule in words. Both are constants, so that no
    /// answer can repeat what was sent.
    pub const fn new(code: &'static str, detail: &'static str) -> Self {
        Self { code, detail: Cow::Borrowed(detail), field: None }
    }

    /// Creates the same with words that are made from the rule's bounds.
    pub(crate) const fn composed(code: &'static str, detail: String) -> Self {
        Self { code, detail: Cow::Owned(detail), field: None }
    }

    /// Blames one member of the object that was looked at, by its name in JSON.
    #[must_use]
    pub fn at(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for InvalidValue {}

/// Decodes one of a few names.
pub fn decode_choice<T>(
    node: &Node<'_>,
    names: &'static [&'static str],
    at: fn(usize) -> Option<T>,
    decoding: &mut Decoding,
) -> Option<T> {
    match node {
        Node::Text(text) => decoding.admit(parse_choice(text, names, at)),
        _ => {
            decoding.refuse_type("text is expected");
            None
        }
    }
}

/// Parses one of a few names. `at` gives the value of each place.
///
/// # Errors
///
/// Where the text is none of them.
pub fn parse_choice<T>(
    text: &str,
    names: &'static [&'static str],
    at: fn(usize) -> Option<T>,
) -> Result<T, InvalidValue> {
    let found = names.iter().position(|name| *name == text).and_then(at);
    found.ok_or_else(|| InvalidValue::composed("choice", format!("one of: {}", names.join(", "))))
}
