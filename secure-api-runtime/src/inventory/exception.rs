//! The rules that fields of an operation's inputs are excepted from, wherever in them they stand.

use super::InputException;
use crate::shape::{ObjectShape, Shape};

/// What the fields of an input are excepted from, and those of the inputs in it. `seen` are those that were looked at: a
/// type may contain itself.
pub(super) fn exceptions(
    object: &ObjectShape,
    seen: &mut Vec<ObjectShape>,
    found: &mut Vec<InputException>,
) {
    if seen.iter().any(|other| std::ptr::fn_addr_eq(other.fields, object.fields)) {
        return;
    }
    seen.push(*object);
    for field in (object.fields)() {
        let exceptions = field.exceptions.iter().map(|exception| InputException {
            input: object.name,
            field: field.name,
            rule: exception.rule,
            reason: exception.reason,
        });
        found.extend(exceptions);
        exceptions_of(&field.shape, seen, found);
    }
}

fn exceptions_of(shape: &Shape, seen: &mut Vec<ObjectShape>, found: &mut Vec<InputException>) {
    match shape {
        Shape::Object(object) => exceptions(object, seen, found),
        Shape::Union(union) => {
            union.variants.iter().for_each(|(_, object)| exceptions(object, seen, found));
        }
        Shape::List { item: shape, .. }
        | Shape::Map { value: shape, .. }
        | Shape::Ruled(shape, _)
        | Shape::Nullable(shape) => exceptions_of(shape, seen, found),
        Shape::Boolean
        | Shape::Integer { .. }
        | Shape::Number { .. }
        | Shape::Text { .. }
        | Shape::Choice(_)
        | Shape::Exactly(_)
        | Shape::File { .. } => {}
    }
}
