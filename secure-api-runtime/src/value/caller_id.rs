//! The id of a caller as a value: read from a request, written in a view, kept in a document or a database.

use std::{fmt, str::FromStr};

use serde::Serializer;

use crate::{
    identity::CallerId,
    input::{Decode, Decoding, Depth, InvalidValue, Kinds, Leaf, Node, Rules, Texts, TypeInfo},
    shape::Shape,
};

macro_rules! part {
    () => {
        "(?:[!-$&-{}~]|%(?:[01][0-9A-F]|20|25|7[CF]|[89A-F][0-9A-F]))"
    };
}
/// Three parts, in each of which what has to be escaped is, in upper case, and nothing else.
const PATTERN: &str = concat!("^", part!(), "+[|]", part!(), "*[|]", part!(), "+$");

const WANTED: InvalidValue = InvalidValue::new(
    "caller-id",
    "issuer, tenant and subject are expected, as `issuer|tenant|subject`",
);

impl CallerId {
    /// Creates the id of these parts.
    ///
    /// # Errors
    ///
    /// Where issuer or subject is empty, a tenant that is given is, or the text is longer than
    /// [`MAX_LEN`](Self::MAX_LEN).
    pub fn new(issuer: &str, tenant: Option<&str>, subject: &str) -> Result<Self, InvalidValue> {
        Self::checked(issuer, tenant, subject).ok_or(WANTED)
    }
}

impl FromStr for CallerId {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Self::read(text).ok_or(WANTED)
    }
}

#[diagnostic::do_not_recommend]
impl Decode for CallerId {
    const TYPE: TypeInfo = TypeInfo::bounded(|_| Shape::Text {
        min_length: 4,
        max_length: Self::MAX_LEN as u64,
        pattern: Some(PATTERN),
        format: None,
    })
    .being(Kinds::TEXT);

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, _rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let text = decoding.text(node, "text is expected")?;
        decoding.admit(text.parse())
    }

    fn identity(&self) -> Option<String> {
        Some(self.to_text())
    }
}

#[diagnostic::do_not_recommend]
impl Leaf for CallerId {
    const TEXTS: Texts = Texts::Form;

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        text.parse()
    }

    fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }

    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

__value_serde!([] CallerId);
__value_column!([] CallerId);
