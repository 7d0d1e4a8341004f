//! Free JSON in a view.

use super::{Exposed, Output};
use crate::{
    input::{FreeJson, FreeObject},
    shape::Shape,
};

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Exposed
    for FreeJson<BYTES, DEPTH, MEMBERS>
{
    const TEXT: bool = true;

    fn shape() -> Shape {
        Shape::Free(Self::BOUNDS)
    }

    fn write(&self, out: &mut Output) {
        out.free(self.as_text(), self.depth());
    }
}

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Exposed
    for FreeObject<BYTES, DEPTH, MEMBERS>
{
    const TEXT: bool = true;

    fn shape() -> Shape {
        Shape::Free(Self::BOUNDS)
    }

    fn write(&self, out: &mut Output) {
        out.free(self.as_text(), self.depth());
    }
}
