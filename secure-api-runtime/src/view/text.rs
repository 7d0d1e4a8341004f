//! Text in a view that is no `String`.

use std::borrow::Cow;

use super::{Exposed, Output};
use crate::{input::Leaf, shape::Shape};

/// Implements the trait for further texts.
macro_rules! texts {
    ($($text:ty),*) => {$(
        impl Exposed for $text {
            const TEXT: bool = true;

            fn shape() -> Shape {
                <String as Leaf>::shape()
            }

            fn write(&self, out: &mut Output) {
                out.text(self);
            }
        }
    )*};
}

texts!(str, &str, Box<str>, Cow<'static, str>);
