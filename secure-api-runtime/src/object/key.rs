//! The mark of what finds an object.

use crate::input::Leaf;

/// The key of an object: a newtype or an enum of names with `#[value(key)]`.
///
/// Each of its values is one segment of a path, so that every object has an address: a text that is empty, `.` or `..`, or
/// has a `/`, `\`, `?`, `#`, `%` or control character in it, is no value of such a type.
///
/// An input that has a field of such a type does not compile: a key that arrives in a body or a query names an object that
/// nobody has loaded or permitted.
#[diagnostic::on_unimplemented(
    message = "SA191: `{Self}` is not marked as the key of an object",
    label = "not a key",
    note = "write `#[value(key)]` above `{Self}`, and `#[derive(Value)]`: a newtype, or an enum of names"
)]
pub trait ObjectKey: Leaf {
    /// The mark, which the derive makes.
    #[doc(hidden)]
    const MARK: Mark;
}

/// Proof that the derive has looked at a key.
#[derive(Debug, Clone, Copy)]
pub struct Mark;
