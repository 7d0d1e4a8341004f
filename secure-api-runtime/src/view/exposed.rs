//! What may stand in a view: leaves as they are, resources through views of their own, and both through `Option`,
//! `Vec`, maps and references.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{Fields, Output, Resource, ViewInfo, ViewOf};
use crate::{
    input::Leaf,
    shape::{ObjectShape, Shape},
};

/// What may stand in a view as it is: a leaf value, through `Option`, `Vec`, maps and references.
///
/// `serde::Serialize` is not enough: it would let a whole structure out that nobody listed.
#[diagnostic::on_unimplemented(
    message = "SA707: `{Self}` cannot stand in a view as it is",
    label = "not a leaf value",
    note = "show it through one of its own views (`field as ItemView`), or make it a leaf by `#[derive(Value)]`"
)]
pub trait Exposed {
    /// Its JSON form.
    fn shape() -> Shape
    where
        Self: Sized;

    /// Writes it as JSON.
    fn write(&self, out: &mut Output);
}

/// What may stand in a view as another view: a resource, through `Option`, `Vec` and maps.
#[diagnostic::on_unimplemented(
    message = "SA703: `{V}` is not a view of `{Self}`",
    label = "a view of something else",
    note = "name a view that is declared above the field's type by `#[view(…)]`"
)]
pub trait ExposedAs<V> {
    /// The view.
    const VIEW: &'static ViewInfo;

    /// Its JSON form.
    fn shape_as() -> Shape;

    /// Writes it as JSON through the view.
    fn write_as(&self, out: &mut Output);
}

impl<T: Leaf> Exposed for T {
    fn shape() -> Shape {
        T::shape()
    }

    fn write(&self, out: &mut Output) {
        out.leaf(self);
    }
}

/// How many items a list in an answer has at most; more are a mistake of the app that the log tells.
const MOST_ITEMS: u64 = 10_000;

fn list_shape(item: Shape) -> Shape {
    Shape::List { item: Box::new(item), min_items: 0, max_items: MOST_ITEMS }
}

fn map_shape(value: Shape) -> Shape {
    Shape::Map { value: Box::new(value), max_properties: MOST_ITEMS }
}

impl<T: Exposed> Exposed for Option<T> {
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

impl<T: Exposed> Exposed for Vec<T> {
    fn shape() -> Shape {
        list_shape(T::shape())
    }

    fn write(&self, out: &mut Output) {
        out.list(self, |out, item| item.write(out));
    }
}

impl<T: Exposed> Exposed for BTreeMap<String, T> {
    fn shape() -> Shape {
        map_shape(T::shape())
    }

    fn write(&self, out: &mut Output) {
        out.map(self, |out, value| value.write(out));
    }
}

impl<T: Exposed, S> Exposed for HashMap<String, T, S> {
    fn shape() -> Shape {
        map_shape(T::shape())
    }

    fn write(&self, out: &mut Output) {
        out.map(self, |out, value| value.write(out));
    }
}

impl<T: Exposed> Exposed for Arc<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn write(&self, out: &mut Output) {
        (**self).write(out);
    }
}

impl Exposed for Cow<'static, str> {
    fn shape() -> Shape {
        <String as Leaf>::shape()
    }

    fn write(&self, out: &mut Output) {
        out.text(self);
    }
}

impl<R: Resource, V: ViewOf<R>> ExposedAs<V> for R {
    const VIEW: &'static ViewInfo = V::INFO;

    fn shape_as() -> Shape {
        let info = V::INFO;
        Shape::Object(ObjectShape {
            name: info.name,
            description: info.description,
            fields: info.fields,
        })
    }

    fn write_as(&self, out: &mut Output) {
        Fields::object(out, |fields| V::project(self, fields));
    }
}

impl<V, T: ExposedAs<V>> ExposedAs<V> for Option<T> {
    const VIEW: &'static ViewInfo = T::VIEW;

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

impl<V, T: ExposedAs<V>> ExposedAs<V> for Vec<T> {
    const VIEW: &'static ViewInfo = T::VIEW;

    fn shape_as() -> Shape {
        list_shape(T::shape_as())
    }

    fn write_as(&self, out: &mut Output) {
        out.list(self, |out, item| item.write_as(out));
    }
}

impl<V, T: ExposedAs<V>> ExposedAs<V> for BTreeMap<String, T> {
    const VIEW: &'static ViewInfo = T::VIEW;

    fn shape_as() -> Shape {
        map_shape(T::shape_as())
    }

    fn write_as(&self, out: &mut Output) {
        out.map(self, |out, value| value.write_as(out));
    }
}

impl<V, T: ExposedAs<V>, S> ExposedAs<V> for HashMap<String, T, S> {
    const VIEW: &'static ViewInfo = T::VIEW;

    fn shape_as() -> Shape {
        map_shape(T::shape_as())
    }

    fn write_as(&self, out: &mut Output) {
        out.map(self, |out, value| value.write_as(out));
    }
}

/// The JSON form of what a function makes of a resource.
pub fn computed_shape<R, T: Exposed>(_compute: fn(&R) -> T) -> Shape {
    T::shape()
}

/// The same, shown through a view.
pub fn computed_shape_as<V, R, T: ExposedAs<V>>(_compute: fn(&R) -> T) -> Shape {
    T::shape_as()
}
