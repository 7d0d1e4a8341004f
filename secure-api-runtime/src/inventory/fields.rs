//! The fields of an operation's inputs, wherever in them they stand: the rules that they are excepted from, and who may set
//! them.

use super::{InputException, RestrictedField};
use crate::shape::{FieldShape, ObjectShape, Shape};

/// The fields of one input and of those in it, each with the name of the input that it is of.
pub(super) struct Fields(Vec<(&'static str, FieldShape)>);

impl Fields {
    pub(super) fn of(object: &ObjectShape) -> Self {
        let mut found = Vec::new();
        collect(object, &mut Vec::new(), &mut found);
        Self(found)
    }

    /// The rules that they are excepted from.
    pub(super) fn exceptions(&self) -> impl Iterator<Item = InputException> {
        self.0.iter().flat_map(|(input, field)| {
            field.exceptions.iter().map(|exception| InputException {
                input,
                field: field.name,
                rule: exception.rule,
                reason: exception.reason,
            })
        })
    }

    /// Those that not everybody may set.
    pub(super) fn restricted(&self) -> impl Iterator<Item = RestrictedField> {
        let restricted = self.0.iter().filter(|(_, field)| !field.set_by.is_empty());
        restricted.map(|(input, field)| RestrictedField {
            input,
            field: field.name,
            roles: field.set_by.clone(),
        })
    }
}

/// `seen` are the objects that were looked at: a type may contain itself.
fn collect(
    object: &ObjectShape,
    seen: &mut Vec<ObjectShape>,
    found: &mut Vec<(&'static str, FieldShape)>,
) {
    if seen.iter().any(|other| std::ptr::fn_addr_eq(other.fields, object.fields)) {
        return;
    }
    seen.push(*object);
    for field in (object.fields)() {
        let shape = field.shape.clone();
        found.push((object.name, field));
        collect_in(&shape, seen, found);
    }
}

fn collect_in(
    shape: &Shape,
    seen: &mut Vec<ObjectShape>,
    found: &mut Vec<(&'static str, FieldShape)>,
) {
    match shape {
        Shape::Object(object) => collect(object, seen, found),
        Shape::Union(union) => {
            union.variants.iter().for_each(|(_, object)| collect(object, seen, found));
        }
        Shape::List { item: shape, .. }
        | Shape::Map { value: shape, .. }
        | Shape::Ruled(shape, _)
        | Shape::Nullable(shape) => collect_in(shape, seen, found),
        Shape::Boolean
        | Shape::Integer { .. }
        | Shape::Number { .. }
        | Shape::Text { .. }
        | Shape::Choice(_)
        | Shape::Exactly(_)
        | Shape::File { .. } => {}
    }
}
