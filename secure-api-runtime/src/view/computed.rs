//! The type that a function makes of a resource, asked of the function.

use super::{Exposed, ExposedAs};
use crate::shape::Shape;

/// Returns the JSON form of what a function makes of a resource. It may borrow from the resource.
pub fn computed_shape<R, T: Exposed>(_compute: fn(&'static R) -> T) -> Shape {
    T::shape()
}

/// Returns the same, shown through a view.
pub fn computed_shape_as<V, R, T: ExposedAs<V>>(_compute: fn(&'static R) -> T) -> Shape {
    T::shape_as()
}

/// Returns `true` if the function returns a list or a map.
pub const fn computed_counts<R, T: Exposed>(_compute: fn(&'static R) -> T) -> bool {
    T::COUNTS
}

/// Returns the same, shown through a view.
pub const fn computed_counts_as<V, R, T: ExposedAs<V>>(_compute: fn(&'static R) -> T) -> bool {
    T::COUNTS
}

/// Returns `true` if the function returns what a secret can be.
pub const fn computed_text<R, T: Exposed>(_compute: fn(&'static R) -> T) -> bool {
    T::TEXT
}

/// Returns `true` if the function returns the proof that the caller may have it.
pub const fn computed_proven_as<V, R, T: ExposedAs<V>>(_compute: fn(&'static R) -> T) -> bool {
    T::PROVEN
}

/// Returns `true` if the function may return nothing.
pub const fn computed_optional<R, T: Exposed>(_compute: fn(&'static R) -> T) -> bool {
    T::OPTIONAL
}

/// Returns the same, shown through a view.
pub const fn computed_optional_as<V, R, T: ExposedAs<V>>(_compute: fn(&'static R) -> T) -> bool {
    T::OPTIONAL
}
