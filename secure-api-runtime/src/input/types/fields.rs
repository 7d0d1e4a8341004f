//! An object's fields: the table that the derive makes, and the one loop that decodes by it.

use crate::{
    role::RoleSet,
    shape::{ALL_VERSIONS, FieldException, FieldShape, Further, Shape},
};

use crate::input::{Decoding, Needs, Node, Rules, TypeInfo};

/// One field of an input.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// Its bounds.
    pub rules: Rules,
    /// The facts of its type.
    pub ty: TypeInfo,
    /// The rules that it is excepted from.
    pub allowed: &'static [FieldException],
    /// Everybody who may set it, where not everybody may. Others leave it out.
    pub setters: Option<RoleSet>,
}

impl Field {
    /// Returns `true` if each of its values has one text, by which requests can be counted.
    pub(crate) const fn has_one_text(&self) -> bool {
        let single = match self.ty.needs {
            Needs::Nothing
            | Needs::Formed { .. }
            | Needs::Text
            | Needs::Secret
            | Needs::Whole { .. }
            | Needs::Float
            | Needs::Truth => true,
            Needs::Object
            | Needs::Upload
            | Needs::File
            | Needs::Free(_)
            | Needs::List(_)
            | Needs::Map(..) => false,
        };
        // An object is looked up after its request was counted.
        single && self.ty.refers.is_none()
    }

    /// Returns `true` if a query or a form has it as one text, under its name.
    pub(crate) const fn is_one_text(&self) -> bool {
        !self.rules.json && self.ty.needs.is_single()
    }

    /// Returns `true` if it is an input whose fields a query or a form names, as `filter[status]`.
    pub(crate) const fn is_nested(&self) -> bool {
        !self.rules.json && self.ty.deep && matches!(self.ty.needs, Needs::Object)
    }

    /// Returns `true` if it is a map of values, whose names a query or a form has in brackets.
    pub(crate) const fn is_map(&self) -> bool {
        !self.rules.json && matches!(self.ty.needs, Needs::Map(_, item) if item.is_single())
    }

    /// Returns `true` if it may have fields of its own.
    pub(crate) const fn holds_others(&self) -> bool {
        self.rules.json || self.is_nested()
    }

    /// Returns `true` if each value of its input has at least one value of its type.
    pub(super) const fn has_a_value(&self) -> bool {
        match (self.ty.needs, self.rules.items) {
            (Needs::List(_) | Needs::Map(..), Some((fewest, _))) => fewest > 0 && !self.ty.optional,
            (Needs::List(_) | Needs::Map(..), None) => false,
            _ => !self.ty.optional,
        }
    }

    /// Returns the most items of a list whose name a query or a form repeats for each; `None` of anything else.
    pub(super) const fn repeated(&self) -> Option<usize> {
        match (self.ty.needs, self.rules.items, self.rules.separated) {
            (Needs::List(item), Some((_, most)), None) if item.is_single() && !self.rules.json => {
                Some(most)
            }
            _ => None,
        }
    }

    /// Returns the most entries of a list or a map; `None` of anything else.
    pub(crate) const fn most_entries(&self) -> Option<usize> {
        match (self.ty.needs, self.rules.items) {
            (Needs::List(_) | Needs::Map(..), Some((_, most))) => Some(most),
            // Those without bounds do not compile.
            (Needs::List(_) | Needs::Map(..), None) => Some(0),
            _ => None,
        }
    }
}

/// Most fields of one input: a bit for each notes which were there.
pub(crate) const MOST_FIELDS: usize = 128;

/// Decodes an object by a table of fields: `put` takes each value with the place of its field.
///
/// Members that no field names are mistakes, as are fields that are required and not there. An optional field
/// that is not there is put as absent. A field that its sender may not set is a mistake, whatever its value.
pub fn decode_fields(
    node: Node<'_>,
    fields: &'static [Field],
    decoding: &mut Decoding,
    put: &mut dyn FnMut(usize, Node<'_>, &Rules, &mut Decoding),
) {
    debug_assert!(fields.len() <= MOST_FIELDS, "the derive refuses more");
    let Node::Object(members) = node else {
        decoding.refuse_type("an object is expected");
        return;
    };
    let mut seen = 0_u128;
    // Members mostly come in the order of declaration, so the search starts behind the last one found.
    let mut next = 0;
    for (name, value) in members {
        let order = (next..fields.len()).chain(0..next.min(fields.len()));
        let mut order = order.filter(|index| fields[*index].name == name);
        let Some(index) = order.next() else {
            if !decoding.is_open() && !crate::weakened::is("unknown-member") {
                decoding.refuse_member(&name);
            }
            continue;
        };
        seen |= 1 << index;
        next = index + 1;
        let field = &fields[index];
        decoding.in_field(field.name, |decoding| match value {
            _ if !decoding.may_set(field) && !crate::weakened::is("set-by") => {
                decoding.deny(field);
            }
            // It came in a form that nothing can be read from.
            Node::Refused(mistake) => decoding.refuse(mistake.code, mistake.detail),
            value if field.rules.json => decoding.in_json(|decoding| {
                decoding.deeper(value, &field.rules, |value, decoding| {
                    put(index, value, &field.rules, decoding);
                });
            }),
            value if field.rules.depth.is_some() => {
                decoding.deeper(value, &field.rules, |value, decoding| {
                    put(index, value, &field.rules, decoding);
                });
            }
            value => put(index, value, &field.rules, decoding),
        });
    }
    for (index, field) in fields.iter().enumerate() {
        if seen & 1 << index != 0 {
            continue;
        }
        decoding.in_field(field.name, |decoding| {
            if field.ty.optional {
                put(index, Node::Absent, &field.rules, decoding);
            } else {
                decoding.refuse("required", "this has to be there");
            }
        });
    }
}

/// Returns the forms of fields in a merge patch, where null is only for what can be removed.
pub(in crate::input) fn patch_shapes(fields: &'static [Field]) -> Vec<FieldShape> {
    let mut shapes = shapes(fields);
    for (shape, field) in shapes.iter_mut().zip(fields) {
        if let Shape::Nullable(inner) = &shape.shape
            && field.ty.optional
            && !field.ty.removable
        {
            shape.shape = (**inner).clone();
        }
    }
    shapes
}

pub(in crate::input) fn shapes(fields: &'static [Field]) -> Vec<FieldShape> {
    let shapes = fields.iter().map(|field| FieldShape {
        name: field.name,
        description: field.description,
        shape: match field.rules.json {
            true => as_json((field.ty.shape)(&field.rules)),
            false => (field.ty.shape)(&field.rules),
        },
        required: !field.ty.optional,
        versions: ALL_VERSIONS,
        exceptions: field.allowed,
        unowned: (field.ty.unowned)(),
        depth: field.rules.depth.map(|levels| levels.most as u64),
        set_by: field.setters.iter().flat_map(|setters| setters.least()).collect(),
    });
    shapes.collect()
}

/// Returns the form of a value that a query or a form has as JSON.
fn as_json(shape: Shape) -> Shape {
    match shape {
        Shape::Nullable(inner) => Shape::Nullable(Box::new(as_json(*inner))),
        Shape::Ruled(inner, further) => Shape::Ruled(inner, Further { json: true, ..further }),
        shape => Shape::Ruled(Box::new(shape), Further { json: true, ..Further::default() }),
    }
}
