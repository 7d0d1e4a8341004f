//! Values that cross the bounds of a schema by one, each with the bound in words.

use regex::Regex;
use serde_json::{Number, Value, json};

use super::{fits::named, world::plain};
use crate::{
    docs::Examples,
    inventory::{ApiModel, BetweenModel, RulesModel, Schema, SchemaForm},
};

/// Longer texts and lists than these are not made.
const MOST: u64 = 100_000;

/// Returns values that cross the bounds of a schema, each with the bound.
pub(super) fn crossings(
    model: &ApiModel,
    version: usize,
    schema: &Schema,
    name: &str,
) -> Vec<(String, Value)> {
    let mut examples = Examples::new(model, version);
    let mut found = Vec::new();
    match schema {
        Schema::Integer { minimum, maximum } => {
            let below = minimum.checked_sub(1).and_then(Number::from_i128);
            let above = maximum.checked_add(1).and_then(Number::from_i128);
            found.extend(below.map(|value| (format!("at least {minimum}"), value.into())));
            found.extend(above.map(|value| (format!("at most {maximum}"), value.into())));
        }
        Schema::Number { minimum, maximum } => {
            let ends = [minimum.map(|low| low - 1.0), maximum.map(|high| high + 1.0)];
            found.extend(
                ends.into_iter().flatten().map(|value| ("its ends".to_owned(), json!(value))),
            );
        }
        Schema::Text { min_length, max_length, pattern, format } => {
            let example = examples.of(schema, name).as_ref().map(plain).unwrap_or_default();
            if *min_length > 0 {
                let short: String =
                    example.chars().take(usize::try_from(min_length - 1).unwrap_or(0)).collect();
                found.push((format!("{min_length} characters at least"), short.into()));
            }
            if *max_length < MOST {
                let last =
                    example.chars().last().filter(|last| last.is_alphanumeric()).unwrap_or('a');
                let more = (max_length + 1).saturating_sub(example.chars().count() as u64);
                let long: String = example.chars().chain((0..more).map(|_| last)).collect();
                found.push((format!("{max_length} characters at most"), long.into()));
            }
            if let Some(pattern) = pattern {
                found.extend(
                    beside(pattern, &example)
                        .map(|text| (format!("the pattern {pattern}"), text.into())),
                );
            }
            if let Some(format) = format.as_deref().filter(|format| *format != "password") {
                found.push((format!("the format {format}"), "~ none ~".into()));
            }
        }
        Schema::Choice(_) | Schema::Exactly(_) => {
            found.push(("its texts".to_owned(), "none-of-these".into()));
        }
        Schema::List { item, min_items, max_items } => {
            let value = examples.of(item, name).unwrap_or_default();
            let list = |count: u64| Value::Array((0..count).map(|_| value.clone()).collect());
            if *min_items > 0 {
                found.push((format!("{min_items} items at least"), list(min_items - 1)));
            }
            if *max_items < MOST / 10 {
                found.push((format!("{max_items} items at most"), list(max_items + 1)));
            }
            let inner = crossings(model, version, item, name).into_iter();
            found.extend(
                inner.map(|(bound, value)| {
                    (format!("{bound}, of an item"), Value::Array(vec![value]))
                }),
            );
        }
        Schema::Map { value, max_properties, .. } => {
            let value = examples.of(value, name).unwrap_or_default();
            if *max_properties < MOST / 10 {
                let entries =
                    (0..=*max_properties).map(|nth| (format!("entry-{nth}"), value.clone()));
                found.push((
                    format!("{max_properties} entries at most"),
                    Value::Object(entries.collect()),
                ));
            }
        }
        Schema::Ruled(inner, rules) => {
            found.extend(crossings(model, version, inner, name));
            found.extend(ruled(inner, rules, examples.of(schema, name)));
        }
        Schema::Nullable(inner) => found.extend(crossings(model, version, inner, name)),
        Schema::Free { max_bytes, max_depth, max_members, object } => {
            // Of an object all of it is in one member.
            let inside = |value: Value| if *object { json!({ "a": value }) } else { value };
            if *max_bytes < MOST {
                let long = "a".repeat(usize::try_from(max_bytes + 1).unwrap_or_default());
                found.push((format!("{max_bytes} bytes at most"), inside(long.into())));
            }
            let deep = (0..=*max_depth).fold(Value::Null, |inner, _| json!([inner]));
            found.push((format!("{max_depth} levels at most"), inside(deep)));
            if *max_members < MOST / 10 {
                let many = (0..=*max_members).map(|_| Value::from(0)).collect();
                found.push((format!("{max_members} members at most"), inside(Value::Array(many))));
            }
            if *object {
                found.push(("it is an object".to_owned(), json!([])));
            }
        }
        Schema::Named(id) => found.extend(of_forms(model, version, id, name)),
        Schema::Boolean | Schema::File { .. } => {}
    }
    found
}

/// Returns values that cross the bounds of one form of a union, and are none of its other forms. Those of its objects are told by
/// their places.
fn of_forms(model: &ApiModel, version: usize, id: &str, name: &str) -> Vec<(String, Value)> {
    let Some(SchemaForm::Untagged { variants, .. }) = model.schema(id).map(|schema| &schema.form)
    else {
        return Vec::new();
    };
    let plain = variants.iter().filter(|one| one.schema.named().is_none());
    let crossed = plain.flat_map(|one| crossings(model, version, &one.schema, name));
    crossed.filter(|(_, value)| named(model, version, id, value, "").is_some()).collect()
}

/// Returns a value that is of another type than any form of a schema.
pub(super) fn of_another_type(model: &ApiModel, version: usize, schema: &Schema) -> Option<Value> {
    let is_union = |id: &str| {
        matches!(model.schema(id).map(|schema| &schema.form), Some(SchemaForm::Untagged { .. }))
    };
    match schema {
        Schema::Nullable(inner) => of_another_type(model, version, inner),
        Schema::Named(id) if is_union(id) => {
            let values = [json!("text"), json!({ "of": "another type" }), json!([]), json!(true)];
            values.into_iter().find(|value| named(model, version, id, value, "").is_some())
        }
        Schema::Named(_) | Schema::Map { .. } | Schema::Free { object: true, .. } => {
            Some(json!("text"))
        }
        _ => Some(json!({ "of": "another type" })),
    }
}

/// Returns values that cross rules that few values have.
fn ruled(inner: &Schema, rules: &RulesModel, example: Option<Value>) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    if let (Schema::Integer { maximum, .. }, true) = (inner, rules.below_maximum) {
        let end = Number::from_i128(*maximum);
        found.extend(end.map(|end| (format!("below {maximum}"), end.into())));
    }
    if let (Some(factor), Some(number)) = (
        rules.multiple_of.filter(|factor| factor.abs() > 1),
        example.as_ref().and_then(Value::as_i64),
    ) {
        found.push((format!("a multiple of {factor}"), json!(number + 1)));
    }
    if let Some(listed) = &rules.one_of {
        // The ends are crossed as those of a range.
        let gap =
            listed.windows(2).find_map(|two| two[0].checked_add(1).filter(|next| *next < two[1]));
        let is_text = matches!(inner, Schema::Text { .. });
        let sent = |number: i64| if is_text { json!(number.to_string()) } else { json!(number) };
        found.extend(gap.map(|number| ("its numbers".to_owned(), sent(number))));
    }
    found.extend(rules.only.map(|only| (format!("{only} alone"), Value::from(!only))));
    if let (Some(BetweenModel { low, high, .. }), Schema::Text { format: Some(format), .. }) =
        (&rules.between, inner)
        && matches!(&**format, "decimal" | "int64" | "uint64")
    {
        let whole = |end: &str| end.parse::<i128>().ok();
        let below = whole(low).and_then(|low| low.checked_sub(1));
        let above = whole(high).and_then(|high| high.checked_add(1));
        found.extend(below.map(|text| (format!("at least {low}"), text.to_string().into())));
        found.extend(above.map(|text| (format!("at most {high}"), text.to_string().into())));
    }
    if let (true, Some(item)) = (rules.unique, example.as_ref().and_then(|list| list.get(0))) {
        found.push(("no item twice".to_owned(), json!([item, item])));
    }
    if let (Some(part), Some(text)) = (&rules.excludes, example.as_ref().and_then(Value::as_str)) {
        found.push((format!("without {part}"), format!("{text}{part}").into()));
    }
    found
}

/// Returns a text as long as the example that does not match a pattern.
fn beside(pattern: &str, example: &str) -> Option<String> {
    let pattern = Regex::new(&format!("^(?:{pattern})$")).ok()?;
    let mut changed: Vec<String> = ['~', '#', 'A', '0']
        .iter()
        .map(|sign| {
            let mut text: String = example.chars().skip(1).collect();
            text.push(*sign);
            text
        })
        .collect();
    changed.push("~".repeat(example.chars().count()));
    changed.into_iter().find(|text| !pattern.is_match(text))
}
