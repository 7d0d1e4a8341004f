//! The types that may stand in a view: leaves, resources through views of their own, and both through `Option`, lists,
//! maps and wrappers.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};

use super::{Output, ViewInfo};
use crate::{input::Leaf, shape::Shape};

/// A type that may stand in a view without a view of its own: a leaf value, through `Option`, lists and maps.
///
/// `serde::Serialize` is not enough: it would let a whole structure out that nobody listed.
#[diagnostic::on_unimplemented(
    message = "SA707: `{Self}` cannot stand in a view as it is",
    label = "not a leaf value",
    note = "show it through one of its own views (`field as ItemView`), or make it a leaf by `#[derive(Value)]`",
    note = "a time is a `Timestamp`, a day a `Date`, a map a `BTreeMap`, an amount a `Decimal` or `Money`",
    note = "a whole number has at most 64 bits, as `u64`; a path is a `String`, a duration a number of seconds, a file a `Download` of its own, and free JSON a resource"
)]
pub trait Exposed {
    /// `true` for a list or a map, so that a field can bound its entries.
    const COUNTS: bool = false;

    /// `true` of plain text, and of lists and maps of it.
    const TEXT: bool = false;

    /// Returns its JSON form.
    fn shape() -> Shape;

    /// Writes it as JSON.
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
    const VIEW: &'static ViewInfo;

    /// `true` for a list or a map, so that a field can bound its entries.
    const COUNTS: bool = false;

    /// `true` if the proof that the caller may have it comes along.
    const PROVEN: bool = false;

    /// Returns its JSON form.
    fn shape_as() -> Shape;

    /// Writes it as JSON through the view.
    fn write_as(&self, out: &mut Output);
}

/// The largest number of entries of a list or map in an answer, unless its field states another. More are a mistake of
/// the app that the log tells: a query without its condition shows itself so before it empties the table.
pub const MOST_ITEMS: usize = 10_000;

fn list_shape(item: Shape) -> Shape {
    Shape::List { item: Box::new(item), min_items: 0, max_items: MOST_ITEMS as u64 }
}

/// Returns the form of a map. Names that are any text have no rules to be told.
fn map_shape<K: Leaf>(value: Shape) -> Shape {
    Shape::Map {
        key: (!K::TEXTS.are_plain()).then(|| Box::new(K::shape())),
        value: Box::new(value),
        min_properties: 0,
        max_properties: MOST_ITEMS as u64,
    }
}

impl<T: Leaf> Exposed for T {
    const TEXT: bool = T::TEXTS.are_plain();

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

impl<T: Exposed> Exposed for Vec<T> {
    const COUNTS: bool = true;
    const TEXT: bool = T::TEXT;

    fn shape() -> Shape {
        list_shape(T::shape())
    }

    fn write(&self, out: &mut Output) {
        out.list(self.iter(), |out, item| item.write(out));
    }
}

impl<V, T: ExposedAs<V>> ExposedAs<V> for Vec<T> {
    const VIEW: &'static ViewInfo = T::VIEW;
    const PROVEN: bool = T::PROVEN;
    const COUNTS: bool = true;

    fn shape_as() -> Shape {
        list_shape(T::shape_as())
    }

    fn write_as(&self, out: &mut Output) {
        out.list(self.iter(), |out, item| item.write_as(out));
    }
}

impl<K: Leaf, T: Exposed> Exposed for BTreeMap<K, T> {
    const COUNTS: bool = true;
    const TEXT: bool = T::TEXT;

    fn shape() -> Shape {
        map_shape::<K>(T::shape())
    }

    fn write(&self, out: &mut Output) {
        out.map(self.iter(), |out, item| item.write(out));
    }
}

impl<V, K: Leaf, T: ExposedAs<V>> ExposedAs<V> for BTreeMap<K, T> {
    const VIEW: &'static ViewInfo = T::VIEW;
    const PROVEN: bool = T::PROVEN;
    const COUNTS: bool = true;

    fn shape_as() -> Shape {
        map_shape::<K>(T::shape_as())
    }

    fn write_as(&self, out: &mut Output) {
        out.map(self.iter(), |out, item| item.write_as(out));
    }
}

impl<K: Leaf, T: Exposed, S> Exposed for HashMap<K, T, S> {
    const COUNTS: bool = true;
    const TEXT: bool = T::TEXT;

    fn shape() -> Shape {
        map_shape::<K>(T::shape())
    }

    fn write(&self, out: &mut Output) {
        out.map(self.iter(), |out, item| item.write(out));
    }
}

impl<V, K: Leaf, T: ExposedAs<V>, S> ExposedAs<V> for HashMap<K, T, S> {
    const VIEW: &'static ViewInfo = T::VIEW;
    const PROVEN: bool = T::PROVEN;
    const COUNTS: bool = true;

    fn shape_as() -> Shape {
        map_shape::<K>(T::shape_as())
    }

    fn write_as(&self, out: &mut Output) {
        out.map(self.iter(), |out, item| item.write_as(out));
    }
}

/// Implements the traits for further lists. Those above are written out, because the compiler shows them in its notes.
macro_rules! lists {
    ($([$($generics:tt)*] $several:ty;)*) => {$(
        impl<T: Exposed, $($generics)*> Exposed for $several {
            const COUNTS: bool = true;
            const TEXT: bool = T::TEXT;

            fn shape() -> Shape {
                list_shape(T::shape())
            }

            fn write(&self, out: &mut Output) {
                out.list(self.iter(), |out, item| item.write(out));
            }
        }

        impl<V, T: ExposedAs<V>, $($generics)*> ExposedAs<V> for $several {
            const VIEW: &'static ViewInfo = T::VIEW;
            const PROVEN: bool = T::PROVEN;
            const COUNTS: bool = true;

            fn shape_as() -> Shape {
                list_shape(T::shape_as())
            }

            fn write_as(&self, out: &mut Output) {
                out.list(self.iter(), |out, item| item.write_as(out));
            }
        }
    )*};
}

lists! {
    [] [T];
    [] VecDeque<T>;
    [] BTreeSet<T>;
    [S] HashSet<T, S>;
    [const N: usize] [T; N];
}

/// Implements the traits for a wrapper that is shown as its content.
macro_rules! transparent {
    ($($holder:ty),*) => {$(
        impl<V, T: ExposedAs<V> + ?Sized> ExposedAs<V> for $holder {
            const VIEW: &'static ViewInfo = T::VIEW;
            const PROVEN: bool = T::PROVEN;
            const COUNTS: bool = T::COUNTS;

            fn shape_as() -> Shape {
                T::shape_as()
            }

            fn write_as(&self, out: &mut Output) {
                (**self).write_as(out);
            }
        }
    )*};
}

transparent!(Box<T>, Arc<T>, &T);

impl<T: Exposed + ?Sized> Exposed for Arc<T> {
    const COUNTS: bool = T::COUNTS;
    const TEXT: bool = T::TEXT;

    fn shape() -> Shape {
        T::shape()
    }

    fn write(&self, out: &mut Output) {
        (**self).write(out);
    }
}

/// Slices. `Box` and references of any other type could be leaves of another crate's.
macro_rules! slices {
    ($($slice:ty),*) => {$(
        impl<T: Exposed> Exposed for $slice {
            const COUNTS: bool = true;
            const TEXT: bool = T::TEXT;

            fn shape() -> Shape {
                list_shape(T::shape())
            }

            fn write(&self, out: &mut Output) {
                (**self).write(out);
            }
        }
    )*};
}

slices!(&[T], Box<[T]>);
