//! Members of objects: their names, their types and the remarks on them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    leaf,
    plan::{Field, Ty},
    reason::{self, Reason},
    types::Types,
};
use crate::cli::import::read::shape::{Property, Shape};

impl<'a> Types<'a> {
    /// Returns the fields of an object.
    pub(super) fn fields(
        &mut self,
        properties: &[Property<'a>],
        required: &BTreeSet<&str>,
        name: &str,
    ) -> Result<Vec<Field>, &'static Reason> {
        let mut fields = Vec::new();
        for Property { name: property, parts } in properties {
            if !is_name(property) {
                return Err(&reason::NAME);
            }
            let ty = self.of_parts(parts, &format!("{name} {property}"));
            let mut field = Field::new(property, ty, required.contains(property));
            let flag = |member: &str| parts.iter().any(|at| at.flag(member));
            // A reference says these beside it or in what it names.
            let shape = Shape::of_parts(self.document, parts).unwrap_or_default();
            if field.ty == Ty::FreeObject && shape.is_any_object() {
                field.ty = Ty::Map(Box::new(Ty::Free), shape.most_members);
            }
            field.read_only = flag("readOnly") || shape.read_only;
            field.write_only = flag("writeOnly") || shape.write_only;
            let about = parts.iter().find_map(|at| at.text("description"));
            field.about = about.unwrap_or(shape.about).to_owned();
            field.notes = notes(&shape);
            fields.push(field);
        }
        Ok(fields)
    }
}

impl Field {
    /// Makes a field without remarks.
    pub(super) fn new(name: &str, ty: Ty, required: bool) -> Self {
        Self {
            name: name.to_owned(),
            ty,
            required,
            read_only: false,
            write_only: false,
            about: String::new(),
            notes: BTreeSet::new(),
            separated: None,
            json: false,
        }
    }
}

/// Returns the remarks on a schema: keywords that say more than its type does.
pub(super) fn notes(shape: &Shape<'_>) -> BTreeSet<String> {
    let unread = shape.unread.iter();
    let mut notes: BTreeSet<String> = unread
        .map(|keyword| {
            format!("the document says `{keyword}` too, which is for a `check` of yours")
        })
        .collect();
    notes.extend(leaf::unsaid(shape));
    let is_list = shape.kinds.as_ref().is_none_or(|kinds| kinds.contains("array"));
    if !shape.items.is_empty() && !is_list {
        notes.insert("the document says `items` of what is no list, which says nothing".to_owned());
    }
    let choices = shape.choices.iter().flatten().copied().filter(|one| !one.is_null());
    if is_unlisted(&choices.collect::<Vec<_>>()) {
        notes.insert("the document lists the numbers, which is for a `check` of yours".to_owned());
    }
    notes
}

/// Returns `true` for numbers that no rule lists: fractions, and too many whole ones.
fn is_unlisted(choices: &[&Value]) -> bool {
    let is_whole = |one: &&Value| one.is_i64() || one.is_u64();
    !choices.is_empty()
        && choices.iter().all(|one| one.is_number())
        && (choices.len() > leaf::MOST_LISTED || !choices.iter().all(is_whole))
}

/// Returns `true` for what a member can be called, in whatever direction: what a pointer, a query and an upload have in one way alone.
pub(super) fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"\\%<>&,".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(is_plain)
}

/// Adds the members that have to be there, and of which nothing else is said.
pub(super) fn add_undescribed(fields: &mut Vec<Field>, required: &BTreeSet<&str>) {
    let is_known = |fields: &[Field], name: &str| fields.iter().any(|field| field.name == name);
    for name in required {
        if is_name(name) && !is_known(fields, name) {
            fields.push(Field::new(name, Ty::Free, true));
        }
    }
}
