//! The question if a value may fit two schemas, for documents that say so.

use super::{FieldModel, Schema, SchemaForm};
use crate::inventory::ApiModel;

/// The levels of unions that are looked into. Below, nothing is known.
const DEEPEST: usize = 8;

const NULL: u8 = 1;
const BOOLEAN: u8 = 2;
const NUMBER: u8 = 4;
const TEXT: u8 = 8;
const LIST: u8 = 16;
const OBJECT: u8 = 32;
const ANY: u8 = 63;

impl ApiModel {
    /// Returns `true` if no value fits both schemas in the version at this place: their kinds differ, or their texts, or one is an
    /// object that needs a member which the other does not have, or has with other values.
    pub(crate) fn are_apart(&self, version: usize, one: &Schema, other: &Schema) -> bool {
        let both = self.kinds(one, 0) & self.kinds(other, 0);
        if both & TEXT != 0
            && !matches!((words(one), words(other)), (Some(one), Some(other)) if !one.iter().any(|word| other.contains(word)))
        {
            return false;
        }
        both & !(TEXT | OBJECT) == 0
            && (both & OBJECT == 0 || self.objects_are_apart(version, one, other))
    }

    fn kinds(&self, schema: &Schema, depth: usize) -> u8 {
        match schema {
            Schema::Boolean => BOOLEAN,
            Schema::Integer { .. } | Schema::Number { .. } => NUMBER,
            Schema::Text { .. } | Schema::Choice(_) | Schema::Exactly(_) => TEXT,
            Schema::List { .. } => LIST,
            Schema::Map { .. } | Schema::Free { object: true, .. } => OBJECT,
            Schema::Free { .. } | Schema::File { .. } => ANY,
            Schema::Ruled(inner, _) => self.kinds(inner, depth),
            Schema::Nullable(inner) => NULL | self.kinds(inner, depth),
            Schema::Named(id) => match self.schema(id).map(|schema| &schema.form) {
                Some(SchemaForm::Object(_) | SchemaForm::Union { .. }) => OBJECT,
                Some(SchemaForm::Untagged { variants, .. }) if depth < DEEPEST => {
                    let kinds = variants.iter().map(|one| self.kinds(&one.schema, depth + 1));
                    kinds.fold(0, |all, kinds| all | kinds)
                }
                Some(SchemaForm::Untagged { .. }) | None => ANY,
            },
        }
    }

    fn objects_are_apart(&self, version: usize, one: &Schema, other: &Schema) -> bool {
        let (mut ones, mut others) = (Vec::new(), Vec::new());
        if !self.objects(one, &mut ones, 0) || !self.objects(other, &mut others, 0) {
            return false;
        }
        let apart = |one: &[FieldModel], other: &[FieldModel]| {
            let lacks = |one: &[FieldModel], other: &[FieldModel]| {
                let mut there = one.iter().filter(|field| self.has_field(version, field));
                there.any(|field| {
                    let mut others = other.iter().filter(|other| self.has_field(version, other));
                    match others.find(|other| other.name == field.name) {
                        None => field.required,
                        Some(other) => {
                            (field.required || other.required)
                                && self.fields_are_apart(&field.schema, &other.schema)
                        }
                    }
                })
            };
            lacks(one, other) || lacks(other, one)
        };
        ones.iter().all(|one| others.iter().all(|other| apart(one, other)))
    }

    /// Returns the same of two members, whose objects are not looked into.
    fn fields_are_apart(&self, one: &Schema, other: &Schema) -> bool {
        match self.kinds(one, 0) & self.kinds(other, 0) {
            0 => true,
            TEXT => {
                matches!((words(one), words(other)), (Some(one), Some(other)) if !one.iter().any(|word| other.contains(word)))
            }
            _ => false,
        }
    }

    /// Adds the objects that a value may be, by their fields; `false` comes back where it may be an object of any form.
    fn objects<'a>(
        &'a self,
        schema: &'a Schema,
        found: &mut Vec<&'a [FieldModel]>,
        depth: usize,
    ) -> bool {
        match schema {
            Schema::Map { .. } | Schema::Free { .. } | Schema::File { .. } => false,
            Schema::Ruled(inner, _) | Schema::Nullable(inner) => self.objects(inner, found, depth),
            Schema::Named(id) => match self.schema(id).map(|schema| &schema.form) {
                Some(SchemaForm::Object(fields)) => {
                    found.push(fields);
                    true
                }
                Some(SchemaForm::Union { variants, .. }) => {
                    found.extend(variants.iter().map(|variant| self.fields(&variant.schema)));
                    true
                }
                Some(SchemaForm::Untagged { variants, .. }) if depth < DEEPEST => {
                    variants.iter().all(|one| self.objects(&one.schema, found, depth + 1))
                }
                Some(SchemaForm::Untagged { .. }) | None => false,
            },
            _ => true,
        }
    }
}

/// Returns the texts of a schema that has but a few, and nothing else.
fn words(schema: &Schema) -> Option<Vec<&str>> {
    match schema {
        Schema::Choice(texts) => Some(texts.iter().map(String::as_str).collect()),
        Schema::Exactly(text) => Some(vec![text]),
        Schema::Ruled(inner, _) | Schema::Nullable(inner) => words(inner),
        _ => None,
    }
}
