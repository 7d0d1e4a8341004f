//! The types that a whole JSON body is read as.

use super::{Decode, Input, Reads};
use crate::shape::Shape;

/// A type that a whole JSON body is read as: an input, an `Array`, or free JSON.
#[diagnostic::on_unimplemented(
    message = "SA508: `{Self}` is not an input",
    label = "no fields are declared for requests by this type",
    note = "write `#[derive(Input)]` above `{Self}`, where that is a struct with named fields",
    note = "a list as the whole body is an `Array<…, 100>`, with the most items that it may have"
)]
pub trait Body: Decode {
    /// The form in which it is read, with its fields.
    #[doc(hidden)]
    const READS: Reads;

    /// Returns its JSON form, for documents.
    #[doc(hidden)]
    fn body_shape() -> Shape;
}

#[diagnostic::do_not_recommend]
impl<T: Input> Body for T {
    const READS: Reads = if T::IS_SOUND { Reads::Whole(T::FIELDS) } else { Reads::Unknown };

    fn body_shape() -> Shape {
        Shape::Object(T::object_shape())
    }
}
