//! The facts of header fields that an answer has of its handler's own.

use crate::shape::Shape;

/// One header field of an answer, as plain data.
#[derive(Debug, Clone, Copy)]
pub struct HeaderInfo {
    /// Its name, as documents write it.
    pub name: &'static str,
    /// The name of the field of the struct.
    pub field: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// The JSON form of its value.
    pub shape: fn() -> Shape,
    /// The most characters that are stated for it.
    pub most: Option<u64>,
    /// `true` if its type is text that has no bound of its own.
    pub unbounded: bool,
    /// `true` if it is always there.
    pub always: bool,
}

impl HeaderInfo {
    /// The most characters of a value, whatever is stated: what servers and proxies take without being set to.
    pub const MOST: u64 = 1024;

    /// Returns the JSON form of its value, with the bound that is stated.
    pub(crate) fn bounded(&self) -> Shape {
        match ((self.shape)(), self.most) {
            (Shape::Text { min_length, pattern, format, .. }, Some(max_length)) => {
                Shape::Text { min_length, max_length, pattern, format }
            }
            (shape, _) => shape,
        }
    }
}
