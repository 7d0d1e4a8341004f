//! Lists, maps and wrappers of what may stand in a view.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    sync::Arc,
};

use super::{Exposed, ExposedAs, Fields, MOST_ITEMS, Output, ViewInfo};
use crate::input::{Array, Leaf};
use crate::shape::Shape;

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

impl<T: Exposed> Exposed for Vec<T> {
    const COUNTS: bool = true;
    const TEXT: bool = T::TEXT || T::BYTE;

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
    const TEXT: bool = <K as Exposed>::TEXT || T::TEXT || T::BYTE;

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
    const TEXT: bool = <K as Exposed>::TEXT || T::TEXT || T::BYTE;

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

/// A list that states its most. A field may narrow it.
impl<T: Exposed, const MOST: usize> Exposed for Array<T, MOST> {
    const COUNTS: bool = true;
    const TEXT: bool = T::TEXT || T::BYTE;

    fn shape() -> Shape {
        list_shape(T::shape()).at_most(MOST.min(MOST_ITEMS))
    }

    fn write(&self, out: &mut Output) {
        out.within(MOST);
        self.0.write(out);
    }
}

impl<V, T: ExposedAs<V>, const MOST: usize> ExposedAs<V> for Array<T, MOST> {
    const VIEW: &'static ViewInfo = T::VIEW;
    const PROVEN: bool = T::PROVEN;
    const COUNTS: bool = true;

    fn shape_as() -> Shape {
        list_shape(T::shape_as()).at_most(MOST.min(MOST_ITEMS))
    }

    fn write_as(&self, out: &mut Output) {
        out.within(MOST);
        self.0.write_as(out);
    }
}

/// Implements the traits for further lists. Those above are written out, because the compiler shows them in its notes.
macro_rules! lists {
    ($([$($generics:tt)*] $several:ty;)*) => {$(
        impl<T: Exposed, $($generics)*> Exposed for $several {
            const COUNTS: bool = true;
            const TEXT: bool = T::TEXT || T::BYTE;

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
            const WHOLE: bool = T::WHOLE;

            fn fill(&self, fields: &mut Fields<'_>) {
                (**self).fill(fields);
            }

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
    const BYTE: bool = T::BYTE;

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
            const TEXT: bool = T::TEXT || T::BYTE;

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
