//! The types that may stand in a view: leaves, resources through views of their own, and both through `Option`.

use super::{Fields, Output, ViewInfo};
use crate::input::{Leaf, Needs};
use crate::shape::Shape;

/// A type that may stand in a view without a view of its own: a leaf value, through `Option`, lists and maps.
///
/// `serde::Serialize` is not enough: it would let a whole structure out that nobody listed.
#[diagnostic::on_unimplemented(
    message = "SA707: `{Self}` cannot stand in a view as it is",
    label = "not a leaf value",
    note = "show it through one of its own views (`field as ItemView`), or make it a leaf by `#[derive(Value)]`",
    note = "a time is a `Timestamp`, a day a `Date`, a map a `BTreeMap`, an amount a `Decimal` or `Money`",
    note = "a whole number has at most 64 bits, as `u64`; a path is a `String`, a duration a number of seconds, a file a `Download` of its own, free JSON a resource, and HTML a `RichText`, which needs the feature `html`"
)]
pub trait Exposed {
    /// `true` for a list or a map, so that a field can bound its entries.
    #[doc(hidden)]
    const COUNTS: bool = false;

    /// `true` of what a secret can be: text, a UUID, bytes, and lists and maps of these.
    #[doc(hidden)]
    const TEXT: bool;
    /// `true` of one byte, of which several are as good as text.
    #[doc(hidden)]
    const BYTE: bool = false;
    /// `true` if it may be nothing, which a view can leave out.
    #[doc(hidden)]
    const OPTIONAL: bool = false;

    /// Returns its JSON form.
    #[doc(hidden)]
    fn shape() -> Shape;

    /// Returns `true` if it is nothing.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes it as JSON.
    #[doc(hidden)]
    fn write(&self, out: &mut Output);
}

/// A type that may stand in a view as another view: a resource, through `Option`, lists, maps, `Box` and the like.
/// `#[derive(Resource)]` makes it so; for an own type around one there is `#[resource(transparent)]`.
#[diagnostic::on_unimplemented(
    message = "SA703: `{V}` is not a view of `{Self}`",
    label = "a view of something else",
    note = "name a view that `#[view(…)]` declares above the field's type, beside `#[derive(Resource)]`; an own type around one is `#[resource(transparent)]`"
)]
pub trait ExposedAs<V> {
    /// The view.
    #[doc(hidden)]
    const VIEW: &'static ViewInfo;

    /// `true` for a list or a map, so that a field can bound its entries.
    #[doc(hidden)]
    const COUNTS: bool = false;

    /// `true` if the proof that the caller may have it comes along.
    #[doc(hidden)]
    const PROVEN: bool = false;

    /// `true` if it may be nothing, which a view can leave out.
    #[doc(hidden)]
    const OPTIONAL: bool = false;

    /// `true` if it is one object, whose fields can be those of a whole answer.
    #[doc(hidden)]
    const WHOLE: bool = false;

    /// Writes the fields of that object.
    #[doc(hidden)]
    fn fill(&self, _: &mut Fields<'_>) {}

    /// Returns its JSON form.
    #[doc(hidden)]
    fn shape_as() -> Shape;

    /// Returns `true` if it is nothing.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes it as JSON through the view.
    #[doc(hidden)]
    fn write_as(&self, out: &mut Output);
}

/// The largest number of entries of a list or map in an answer, unless its field states another. More are a mistake of
/// the app that the log tells: a query without its condition shows itself so before it empties the table.
pub const MOST_ITEMS: usize = 10_000;

impl<T: Leaf> Exposed for T {
    const TEXT: bool = T::TEXTS.may_be_secret();
    const BYTE: bool = matches!(T::KIND.needs, Needs::Whole { lowest: 0, highest: 255 });

    fn shape() -> Shape {
        T::shape()
    }

    fn write(&self, out: &mut Output) {
        out.leaf(self);
    }
}

impl<T: Exposed> Exposed for Option<T> {
    const COUNTS: bool = T::COUNTS;
    const TEXT: bool = T::TEXT;
    const BYTE: bool = T::BYTE;
    const OPTIONAL: bool = true;

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn shape() -> Shape {
        Shape::Nullable(Box::new(T::shape()))
    }

    fn write(&self, out: &mut Output) {
        match self {
            Some(value) => value.write(out),
            None => out.push("null"),
        }
    }
}

impl<V, T: ExposedAs<V>> ExposedAs<V> for Option<T> {
    const VIEW: &'static ViewInfo = T::VIEW;
    const PROVEN: bool = T::PROVEN;
    const COUNTS: bool = T::COUNTS;
    const OPTIONAL: bool = true;

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn shape_as() -> Shape {
        Shape::Nullable(Box::new(T::shape_as()))
    }

    fn write_as(&self, out: &mut Output) {
        match self {
            Some(value) => value.write_as(out),
            None => out.push("null"),
        }
    }
}
