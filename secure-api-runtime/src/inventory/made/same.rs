//! Comparison of shapes, through all that they contain: two types of one name may be described alike, or not.

use crate::shape::{FieldShape, ObjectShape, Shape, UnionShape, UntaggedShape};

/// Pairs of names that are being compared further out: a type that contains itself is the same as far as everything
/// else of it is.
type Seen = Vec<(&'static str, &'static str)>;

/// Returns whether two objects are described alike, through all that they contain.
fn same(one: &ObjectShape, other: &ObjectShape, seen: &mut Seen) -> bool {
    if one.name != other.name || one.description != other.description {
        return false;
    }
    if std::ptr::fn_addr_eq(one.fields, other.fields) || seen.contains(&(one.name, other.name)) {
        return true;
    }
    seen.push((one.name, other.name));
    let alike = same_fields(&(one.fields)(), &(other.fields)(), seen);
    seen.pop();
    alike
}

fn same_fields(fields: &[FieldShape], others: &[FieldShape], seen: &mut Seen) -> bool {
    fields.len() == others.len()
        && fields.iter().zip(others).all(|(field, other)| {
            field.name == other.name
                && field.description == other.description
                && field.required == other.required
                && field.versions == other.versions
                && field.exceptions == other.exceptions
                && field.unowned == other.unowned
                && field.depth == other.depth
                && field.set_by == other.set_by
                && same_shape(&field.shape, &other.shape, seen)
        })
}

fn same_untagged(one: &UntaggedShape, other: &UntaggedShape, seen: &mut Seen) -> bool {
    if (one.name, one.description, one.ordered) != (other.name, other.description, other.ordered) {
        return false;
    }
    if std::ptr::fn_addr_eq(one.variants, other.variants) || seen.contains(&(one.name, other.name))
    {
        return true;
    }
    seen.push((one.name, other.name));
    let alike = same_fields(&(one.variants)(), &(other.variants)(), seen);
    seen.pop();
    alike
}

fn same_union(one: &UnionShape, other: &UnionShape, seen: &mut Seen) -> bool {
    (one.name, one.description, one.tag) == (other.name, other.description, other.tag)
        && one.variants.len() == other.variants.len()
        && one
            .variants
            .iter()
            .zip(&other.variants)
            .all(|((name, object), (other, another))| name == other && same(object, another, seen))
}

pub(super) fn same_shape(one: &Shape, other: &Shape, seen: &mut Seen) -> bool {
    match (one, other) {
        (Shape::Object(one), Shape::Object(other)) => same(one, other, seen),
        (Shape::Union(one), Shape::Union(other)) => same_union(one, other, seen),
        (Shape::Untagged(one), Shape::Untagged(other)) => same_untagged(one, other, seen),
        (Shape::Nullable(one), Shape::Nullable(other)) => same_shape(one, other, seen),
        (
            Shape::List { item, min_items, max_items },
            Shape::List { item: other, min_items: fewest, max_items: most },
        ) => min_items == fewest && max_items == most && same_shape(item, other, seen),
        (
            Shape::Map { key, value, min_properties, max_properties },
            Shape::Map { key: names, value: other, min_properties: fewest, max_properties: most },
        ) => {
            (key, min_properties, max_properties) == (names, fewest, most)
                && same_shape(value, other, seen)
        }
        (Shape::Ruled(one, rules), Shape::Ruled(other, others)) => {
            rules == others && same_shape(one, other, seen)
        }
        (one, other) => one == other,
    }
}
