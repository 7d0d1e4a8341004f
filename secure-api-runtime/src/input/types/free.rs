//! Free JSON: a value that nobody declared the form of, within bounds of bytes, depth and members.

use std::fmt;

use serde_json::Value;

use crate::{
    input::{
        Body, Decode, Decoding, Depth, InvalidValue, Needs, Node, Reads, Rules, TypeInfo,
        is_unwanted,
    },
    shape::{FreeBounds, Shape},
};

/// A JSON value of any form: of at most `BYTES` bytes, `DEPTH` levels of lists and objects, and `MEMBERS` items and members at all
/// levels together.
///
/// It is a field of an input or a view, a whole body (`Json<FreeJson<4096, 4, 100>>`), or an answer. It is read as strictly as any
/// input: no name twice in an object, no control characters but line breaks and tabs, in names none at all, no number of 1e308 or
/// more, which not every reader of JSON has. It is kept as compact JSON, whose bytes count, and its numbers are the digits that were
/// sent. Where an answer holds it, `<`, `>` and `&` are escaped as in any text.
///
/// Nothing becomes one by itself: an entity would leave whole, past its views. Besides a request only
/// [`foreign`](Self::foreign) makes one, of JSON that is nobody's entity.
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Input)]
/// struct NewWidget {
///     #[input(max_len = 80)]
///     title: String,
///     settings: FreeJson<1024, 4, 50>,
/// }
///
/// let body = br#"{"title": "Clock", "settings": {"face": {"hands": 3}}}"#;
/// let widget: NewWidget = secure_api::input::decode_body(body).map_err(|_| "refused")?;
/// assert_eq!(widget.settings.as_text(), r#"{"face":{"hands":3}}"#);
/// assert_eq!(widget.settings.get("/face/hands").and_then(|hands| hands.as_u64()), Some(3));
/// # Ok::<_, &str>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FreeJson<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> {
    text: Box<str>,
    /// The levels of lists and objects in it.
    depth: usize,
}

/// JSON that is nobody's entity, as its text or its value.
#[diagnostic::on_unimplemented(
    message = "SA543: `{Self}` does not become free JSON",
    label = "neither text nor a JSON value",
    note = "show it through a view: write `#[view(…)]` above `{Self}` and name the view; what another system made is a `serde_json::Value` or its text"
)]
pub trait ForeignJson {
    /// Returns its text.
    #[doc(hidden)]
    fn json_text(self) -> String;
}

impl ForeignJson for &str {
    fn json_text(self) -> String {
        self.to_owned()
    }
}

impl ForeignJson for String {
    fn json_text(self) -> String {
        self
    }
}

impl ForeignJson for &Value {
    fn json_text(self) -> String {
        self.to_string()
    }
}

impl ForeignJson for Value {
    fn json_text(self) -> String {
        self.to_string()
    }
}

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> FreeJson<BYTES, DEPTH, MEMBERS> {
    /// The bounds.
    pub(crate) const BOUNDS: FreeBounds =
        FreeBounds { bytes: BYTES, depth: DEPTH, members: MEMBERS, object: false };

    /// Takes JSON that is nobody's entity: from a column that holds what [`as_text`](Self::as_text) gave, or from another system.
    ///
    /// # Errors
    ///
    /// Where it is no JSON, or out of bounds: the rules are those of a request.
    pub fn foreign(json: impl ForeignJson) -> Result<Self, InvalidValue> {
        let text = json.json_text();
        let node = Node::from_json(text.as_bytes()).map_err(|field| InvalidValue {
            code: field.code,
            detail: field.detail,
            field: None,
        })?;
        Self::read(&node)
    }

    /// Returns it as compact JSON.
    pub fn as_text(&self) -> &str {
        &self.text
    }

    /// Returns the levels of lists and objects in it: none of a scalar.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Reads it as `serde_json` does: a number of more digits than an `f64` holds is rounded there.
    pub fn to_value(&self) -> Value {
        // It was written from what is JSON, with fewer levels and smaller numbers than serde_json reads.
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// Returns the value at a JSON Pointer (RFC 6901), as [`to_value`](Self::to_value) reads it: `/face/hands`, `/lines/0`.
    pub fn get(&self, pointer: &str) -> Option<Value> {
        self.to_value().pointer_mut(pointer).map(Value::take)
    }

    pub(super) fn read(node: &Node<'_>) -> Result<Self, InvalidValue> {
        let mut writing =
            Writing { bounds: Self::BOUNDS, text: String::new(), members: 0, depth: 0 };
        writing.value(node, 0)?;
        Ok(Self { text: writing.text.into(), depth: writing.depth })
    }
}

/// The bound of numbers: that of 64 bits is a little more, and readers round differently there.
const LARGEST: f64 = 1e308;

/// The compact text in the making.
struct Writing {
    bounds: FreeBounds,
    text: String,
    members: usize,
    depth: usize,
}

impl Writing {
    fn value(&mut self, node: &Node<'_>, depth: usize) -> Result<(), InvalidValue> {
        self.depth = self.depth.max(depth);
        match node {
            Node::Null => self.text.push_str("null"),
            Node::Bool(value) => self.text.push_str(if *value { "true" } else { "false" }),
            // Beyond it `serde_json` reads nothing at all, and other readers infinity.
            Node::Number(number) if number.nearest().abs() >= LARGEST => {
                return Err(InvalidValue::new("range", "a number is less than 1e308 here"));
            }
            Node::Number(number) => self.text.push_str(number.text()),
            Node::Text(text) => self.text(text, false)?,
            Node::List(items) => {
                self.within(items.len(), depth)?;
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.text.push(',');
                    }
                    self.value(item, depth + 1)?;
                }
                self.text.push(']');
                self.depth = self.depth.max(depth + 1);
            }
            Node::Object(members) => {
                self.within(members.len(), depth)?;
                self.text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        self.text.push(',');
                    }
                    self.text(name, true)?;
                    self.text.push(':');
                    self.value(value, depth + 1)?;
                }
                self.text.push('}');
                self.depth = self.depth.max(depth + 1);
            }
            Node::Absent | Node::File(_) | Node::Refused(_) => {
                return Err(InvalidValue::new("type", "JSON is expected"));
            }
        }
        self.fits(self.text.len())
    }

    /// Counts the members of a list or an object, and its level.
    fn within(&mut self, members: usize, depth: usize) -> Result<(), InvalidValue> {
        self.members += members;
        let FreeBounds { depth: deepest, members: most, .. } = self.bounds;
        if depth >= deepest && !crate::weakened::is("free-depth") {
            let detail = format!("lists and objects nest at most {deepest} levels deep here");
            return Err(InvalidValue::composed("depth", detail));
        }
        if self.members > most && !crate::weakened::is("free-members") {
            let detail = format!("there are at most {most} items and members here, all together");
            return Err(InvalidValue::composed("items", detail));
        }
        Ok(())
    }

    fn text(&mut self, text: &str, is_name: bool) -> Result<(), InvalidValue> {
        let layout = |letter| !is_name && matches!(letter, '\n' | '\r' | '\t');
        if text.chars().any(|letter| is_unwanted(letter) && !layout(letter)) {
            return Err(InvalidValue::new("characters", "control characters are not accepted"));
        }
        self.fits(text.len())?;
        self.text.push('"');
        for letter in text.chars() {
            match letter {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                other => self.text.push(other),
            }
        }
        self.text.push('"');
        Ok(())
    }

    fn fits(&self, bytes: usize) -> Result<(), InvalidValue> {
        let most = self.bounds.bytes;
        if bytes <= most {
            return Ok(());
        }
        let detail = format!("this has at most {most} bytes, without white space between values");
        Err(InvalidValue::composed("length", detail))
    }
}

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> fmt::Debug
    for FreeJson<BYTES, DEPTH, MEMBERS>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FreeJson({} bytes)", self.text.len())
    }
}

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Decode
    for FreeJson<BYTES, DEPTH, MEMBERS>
{
    // A secret could stand in it.
    const TYPE: TypeInfo = TypeInfo {
        text: true,
        ..TypeInfo::needing(Needs::Free(Self::BOUNDS), |_| Shape::Free(Self::BOUNDS))
    };

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, _: &Rules, decoding: &mut Decoding) -> Option<Self> {
        if decoding.from_query() {
            decoding.refuse_type("JSON is expected");
            return None;
        }
        decoding.admit(Self::read(&node))
    }
}

#[diagnostic::do_not_recommend]
impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Body
    for FreeJson<BYTES, DEPTH, MEMBERS>
{
    const READS: Reads = Reads::Free(Self::BOUNDS);

    fn body_shape() -> Shape {
        Shape::Free(Self::BOUNDS)
    }
}
