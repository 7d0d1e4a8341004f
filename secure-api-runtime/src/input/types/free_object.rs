//! Free JSON that is an object, whatever its members are.

use std::fmt;

use serde_json::Value;

use super::free::{ForeignJson, FreeJson};
use crate::{
    input::{Body, Decode, Decoding, Depth, InvalidValue, Needs, Node, Reads, Rules, TypeInfo},
    shape::{FreeBounds, Shape},
};

/// A JSON object with any members: a [`FreeJson`] that is no list and no single value, in the same bounds, which count it too.
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Input)]
/// struct NewWidget {
///     settings: FreeObject<1024, 4, 50>,
/// }
///
/// let widget = |body: &str| secure_api::input::decode_body::<NewWidget>(body.as_bytes());
/// assert!(widget(r#"{"settings": {"hands": 3}}"#).is_ok());
/// assert!(widget(r#"{"settings": [3]}"#).is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FreeObject<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize>(
    FreeJson<BYTES, DEPTH, MEMBERS>,
);

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize>
    FreeObject<BYTES, DEPTH, MEMBERS>
{
    /// The bounds.
    pub(crate) const BOUNDS: FreeBounds =
        FreeBounds { object: true, ..FreeJson::<BYTES, DEPTH, MEMBERS>::BOUNDS };

    /// Takes an object that is nobody's entity: from a column that holds what [`as_text`](Self::as_text) gave, or from another system.
    ///
    /// # Errors
    ///
    /// Where it is no JSON, no object, or out of bounds: the rules are those of a request.
    pub fn foreign(json: impl ForeignJson) -> Result<Self, InvalidValue> {
        FreeJson::foreign(json).and_then(Self::of)
    }

    /// Returns it as compact JSON.
    pub fn as_text(&self) -> &str {
        self.0.as_text()
    }

    /// Returns the levels of lists and objects in it: 1 where no member has any.
    pub fn depth(&self) -> usize {
        self.0.depth()
    }

    /// Reads it as `serde_json` does: a number of more digits than an `f64` holds is rounded there.
    pub fn to_value(&self) -> Value {
        self.0.to_value()
    }

    /// Returns the value at a JSON Pointer (RFC 6901), as [`to_value`](Self::to_value) reads it: `/face/hands`, `/lines/0`.
    pub fn get(&self, pointer: &str) -> Option<Value> {
        self.0.get(pointer)
    }

    /// Keeps what is an object: compact JSON of one begins with its brace.
    fn of(json: FreeJson<BYTES, DEPTH, MEMBERS>) -> Result<Self, InvalidValue> {
        match json.as_text().starts_with('{') {
            true => Ok(Self(json)),
            false => Err(InvalidValue::new("type", "an object is expected")),
        }
    }
}

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> fmt::Debug
    for FreeObject<BYTES, DEPTH, MEMBERS>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FreeObject({} bytes)", self.as_text().len())
    }
}

#[diagnostic::do_not_recommend]
impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Decode
    for FreeObject<BYTES, DEPTH, MEMBERS>
{
    // A secret could stand in it.
    const TYPE: TypeInfo = TypeInfo {
        text: true,
        ..TypeInfo::needing(Needs::Free(Self::BOUNDS), |_| Shape::Free(Self::BOUNDS))
    };

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, _: &Rules, decoding: &mut Decoding) -> Option<Self> {
        if decoding.from_query() || !matches!(node, Node::Object(_)) {
            decoding.refuse_type("an object is expected");
            return None;
        }
        decoding.admit(FreeJson::read(&node).map(Self))
    }
}

#[diagnostic::do_not_recommend]
impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Body
    for FreeObject<BYTES, DEPTH, MEMBERS>
{
    const READS: Reads = Reads::Free(Self::BOUNDS);

    fn body_shape() -> Shape {
        Shape::Free(Self::BOUNDS)
    }
}
