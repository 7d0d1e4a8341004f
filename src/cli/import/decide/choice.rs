//! Schemas that list their values.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    leaf,
    plan::{Form, Ty},
    reason,
    types::Types,
};
use crate::cli::import::read::shape::Shape;

impl<'a> Types<'a> {
    /// Returns the type of a schema that lists its values.
    pub(super) fn choice(&mut self, shape: &Shape<'a>, name: &str) -> Ty {
        let choices = shape.choices.clone().unwrap_or_default();
        let with_null = choices.iter().any(|choice| choice.is_null());
        let choices: Vec<&Value> = choices.into_iter().filter(|choice| !choice.is_null()).collect();
        let is_only = |kind: &str| {
            shape.kinds.as_ref().is_some_and(|kinds| kinds.len() == 1 && kinds.contains(kind))
        };
        if is_only("array") && !choices.iter().any(|choice| choice.is_array()) {
            return self.list_of(shape, name);
        }
        let ty = if choices.is_empty() {
            Ty::Cannot(&reason::IMPOSSIBLE)
        } else if let Some(texts) =
            choices.iter().map(|one| one.as_str()).collect::<Option<Vec<_>>>()
        {
            let mut texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
            let mut seen = BTreeSet::new();
            texts.retain(|text| seen.insert(text.clone()));
            if texts.iter().all(|text| is_word(text)) {
                self.add(name, shape, Form::Choice(texts))
            } else {
                leaf::one_of(&texts)
            }
        } else if is_only("string") && choices.iter().all(|one| one.is_number() || one.is_boolean())
        {
            // A document that lists numbers and means their texts.
            leaf::one_of(&choices.iter().map(ToString::to_string).collect::<Vec<_>>())
        } else if choices.iter().all(|one| one.is_i64() || one.is_u64()) {
            leaf::whole_of(&choices, if shape.format == Some("int32") { "i32" } else { "i64" })
        } else if choices.iter().all(|one| one.is_number()) {
            leaf::fraction_of(&choices)
        } else if choices.iter().all(|one| one.is_boolean()) {
            Ty::Bool
        } else {
            Ty::Cannot(&reason::MIXED_CHOICES)
        };
        if with_null { Ty::Nullable(Box::new(ty)) } else { ty }
    }

    /// Returns a list whose items are listed beside its type, and not beside theirs.
    fn list_of(&mut self, shape: &Shape<'a>, name: &str) -> Ty {
        let mut item = Shape::default();
        item.place = format!("{}/item", shape.place);
        item.choices.clone_from(&shape.choices);
        let item = self.choice(&item, &format!("{name} item"));
        let (fewest, most) = shape.count;
        Ty::List(Box::new(item), fewest.unwrap_or(0), most, shape.unique)
    }
}

/// Returns `true` for what a value of an enum can be called.
fn is_word(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'%';
    text.trim() == text && (1..=64).contains(&text.len()) && text.bytes().all(is_plain)
}
