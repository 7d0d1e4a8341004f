//! Schemas that list their values.

use std::collections::BTreeSet;

use serde_json::{Number, Value};

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
        let is_only = |kind: &str| {
            shape.kinds.as_ref().is_some_and(|kinds| kinds.len() == 1 && kinds.contains(kind))
        };
        let stated =
            ["string", "integer", "number", "boolean"].into_iter().find(|kind| is_only(kind));
        let choices = choices.into_iter().filter(|choice| !choice.is_null());
        let choices: Vec<Value> = choices.map(|choice| meant(stated, choice)).collect();
        let is_any = choices.iter().any(|choice| is_of(stated, choice));
        let choices: Vec<&Value> =
            choices.iter().filter(|choice| !is_any || is_of(stated, choice)).collect();
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
        } else if choices.iter().all(|one| one.is_i64() || one.is_u64()) {
            leaf::whole_of(&choices, if shape.format == Some("int32") { "i32" } else { "i64" })
        } else if choices.iter().all(|one| one.is_number()) {
            leaf::fraction_of(&choices)
        } else if choices.iter().all(|one| one.is_boolean()) {
            let only = choices.first().and_then(|first| first.as_bool());
            Ty::Bool(only.filter(|_| choices.iter().all(|one| one == &choices[0])))
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

/// Returns a value that is listed as one of the type that is stated: no value of another type could be sent, so its text or its number is
/// meant.
fn meant(stated: Option<&str>, value: &Value) -> Value {
    let read = match (stated, value) {
        (Some("string"), Value::Number(_) | Value::Bool(_)) => Some(value.to_string().into()),
        (Some("integer"), Value::Number(number)) => number.as_f64().and_then(whole),
        (Some(stated @ ("integer" | "number")), Value::String(text)) => {
            let read = text.parse::<i64>().ok().map(Value::from);
            let fraction = |text: &str| match stated {
                "integer" => whole(text.parse().ok()?),
                _ => Number::from_f64(text.parse().ok()?).map(Value::Number),
            };
            read.or_else(|| fraction(text))
        }
        (Some("boolean"), Value::String(text)) => text.parse::<bool>().ok().map(Value::Bool),
        _ => None,
    };
    read.unwrap_or_else(|| value.clone())
}

/// Returns a whole number that is written as a fraction, as 2.0, where it is exact.
fn whole(number: f64) -> Option<Value> {
    (number.fract() == 0.0 && number.abs() < 9e15).then(|| Value::from(number as i64))
}

/// Returns `true` for a value of the type that is stated, if one is.
fn is_of(stated: Option<&str>, value: &Value) -> bool {
    match stated {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    }
}

/// Returns `true` for what a value of an enum can be called.
fn is_word(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'%';
    text.trim() == text && (1..=64).contains(&text.len()) && text.bytes().all(is_plain)
}
