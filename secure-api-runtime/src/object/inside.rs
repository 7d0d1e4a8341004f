//! Objects inside of what leaves: each comes with its own proof.

use super::{Authorized, Object};
use crate::{
    shape::Shape,
    view::{ExposedAs, Output, ViewInfo},
};

/// Shows the object in a field through one of its views: `orders as OrderView` of a `Vec<Authorized<Order>>`. An object
/// that was changed is asked again, and where its rule denies it now, or another caller has the proof, the answer is 500:
/// nothing says what would stand there instead.
impl<V, T: Object + ExposedAs<V>> ExposedAs<V> for Authorized<T> {
    const VIEW: &'static ViewInfo = T::VIEW;
    const PROVEN: bool = true;

    fn shape_as() -> Shape {
        T::shape_as()
    }

    fn write_as(&self, out: &mut Output) {
        if self.may_be_read(out.viewer()) {
            (**self).write_as(out);
        } else {
            out.refuse();
        }
    }
}
