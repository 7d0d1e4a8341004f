//! Values held against the schemas of the model: what of a value is outside of its schema.

use serde_json::Value;

use crate::inventory::{ApiModel, Schema, SchemaForm};

/// Returns the first place of a value that does not fit its schema, and why.
pub(super) fn misfit(
    model: &ApiModel,
    version: usize,
    schema: &Schema,
    value: &Value,
    at: &str,
) -> Option<String> {
    let wrong = |why: &str| Some(format!("{at} {why}"));
    match schema {
        Schema::Boolean => (!value.is_boolean()).then(|| format!("{at} is no boolean")),
        Schema::Integer { minimum, maximum } => {
            let number = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from));
            match number {
                Some(number) if (*minimum..=*maximum).contains(&number) => None,
                _ => wrong("is no whole number within its ends"),
            }
        }
        Schema::Number { minimum, maximum } => match value.as_f64() {
            Some(number)
                if minimum.is_none_or(|low| low <= number)
                    && maximum.is_none_or(|high| number <= high) =>
            {
                None
            }
            _ => wrong("is no number within its ends"),
        },
        Schema::Text { min_length, max_length, .. } => match value.as_str() {
            Some(text) if (*min_length..=*max_length).contains(&(text.chars().count() as u64)) => {
                None
            }
            _ => wrong("is no text of its length"),
        },
        Schema::Choice(texts) => match value.as_str() {
            Some(text) if texts.iter().any(|one| one == text) => None,
            _ => wrong("is none of its texts"),
        },
        Schema::Exactly(text) => {
            (value.as_str() != Some(text)).then(|| format!("{at} is not {text}"))
        }
        Schema::List { item, max_items, .. } => match value.as_array() {
            Some(items) if items.len() as u64 <= *max_items => {
                let mut items = items.iter().enumerate();
                items.find_map(|(nth, value)| {
                    misfit(model, version, item, value, &format!("{at}/{nth}"))
                })
            }
            _ => wrong("is no list of its length"),
        },
        Schema::Map { value: of, .. } => match value.as_object() {
            Some(entries) => {
                let mut entries = entries.iter();
                entries.find_map(|(name, value)| {
                    misfit(model, version, of, value, &format!("{at}/{name}"))
                })
            }
            None => wrong("is no object"),
        },
        Schema::Named(id) => named(model, version, id, value, at),
        Schema::Free { object: true, .. } if !value.is_object() => wrong("is no object"),
        Schema::File { .. } | Schema::Free { .. } => None,
        Schema::Ruled(_, rules)
            if rules.one_of.as_ref().is_some_and(|listed| !is_listed(listed, value)) =>
        {
            wrong("is none of its numbers")
        }
        Schema::Ruled(_, rules) if rules.only.is_some_and(|only| value.as_bool() != Some(only)) => {
            wrong("is the other one of true and false")
        }
        Schema::Ruled(schema, _) => misfit(model, version, schema, value, at),
        Schema::Nullable(_) if value.is_null() => None,
        Schema::Nullable(schema) => misfit(model, version, schema, value, at),
    }
}

/// Returns `true` for one of these numbers, also where it is a text.
fn is_listed(listed: &[i64], value: &Value) -> bool {
    let text = value.as_str().and_then(|text| text.parse().ok());
    value.as_i64().or(text).is_some_and(|number| listed.contains(&number))
}

/// Returns what is wrong with an object of a named schema: a member too many, one that lacks, one that does not fit.
pub(super) fn named(
    model: &ApiModel,
    version: usize,
    id: &str,
    value: &Value,
    at: &str,
) -> Option<String> {
    if let Some(SchemaForm::Untagged { variants, .. }) = model.schema(id).map(|schema| &schema.form)
    {
        let mut wrong = variants.iter().map(|one| misfit(model, version, &one.schema, value, at));
        return match wrong.any(|wrong| wrong.is_none()) {
            true => None,
            false => Some(format!("{at} has none of the forms of {id}")),
        };
    }
    let Some(members) = value.as_object() else { return Some(format!("{at} is no object")) };
    match &model.schema(id)?.form {
        SchemaForm::Object(fields) => {
            let fields = || fields.iter().filter(|field| model.has_field(version, field));
            let unknown = members.keys().find(|name| !fields().any(|field| field.name == **name));
            if let Some(name) = unknown {
                return Some(format!("{at}/{name} is no field of {id}"));
            }
            fields().find_map(|field| match members.get(&field.name) {
                Some(value) => {
                    misfit(model, version, &field.schema, value, &format!("{at}/{}", field.name))
                }
                None => field.required.then(|| format!("{at}/{} is missing", field.name)),
            })
        }
        // That was asked above.
        SchemaForm::Untagged { .. } => None,
        SchemaForm::Union { tag, variants } => {
            let tagged = members.get(tag).and_then(Value::as_str);
            match variants.iter().find(|variant| Some(&*variant.tag) == tagged) {
                Some(variant) => named(model, version, &variant.schema, value, at),
                None => Some(format!("{at}/{tag} names no object of {id}")),
            }
        }
    }
}
