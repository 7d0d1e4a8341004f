//! `$ref` and `allOf`, put together: what all parts say holds.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{bounds::LEVELS, node::is_prose};
use crate::contract::documents::Source;

/// The deepest nesting of references and `allOf` that is followed.
const DEEPEST: usize = 40;

/// The most parts that a schema is put together of. A few that name each other twice would be more than anybody has time for.
const MOST: usize = 2_000;

/// The key of what `allOf` has said twice and differently, and what nothing else is called.
const REST: &str = "\0rest";

/// Returns the keywords of a schema and of all that it is made of.
pub(super) fn flat(
    source: Source<'_>,
    schema: &Value,
    (depth, steps): (usize, &mut usize),
    lost: &mut Option<String>,
) -> Map<String, Value> {
    let Value::Object(own) = schema else {
        let mut words = Map::new();
        if *schema == false {
            words.insert("\0never".to_owned(), Value::Bool(true));
        }
        return words;
    };
    let mut words = Map::new();
    *steps += 1;
    let mut parts: Vec<&Value> =
        own.get("allOf").and_then(Value::as_array).into_iter().flatten().collect();
    if let Some(reference) = own.get("$ref").and_then(Value::as_str) {
        match source.follow(reference).filter(|_| depth < DEEPEST && *steps < MOST) {
            Some(target) => parts.insert(0, target),
            None => *lost = Some(reference.to_owned()),
        }
    }
    let nullable = own.get("nullable").cloned();
    for part in parts.into_iter().filter(|_| depth < DEEPEST) {
        if *steps >= MOST {
            break;
        }
        for (word, value) in flat(source, part, (depth + 1, &mut *steps), lost) {
            merge(&mut words, word, value);
        }
    }
    for (word, value) in own.iter().filter(|(word, _)| *word != "allOf" && *word != "$ref") {
        merge(&mut words, word.clone(), value.clone());
    }
    // What stands beside a reference is said of the place, and the last word on it.
    if let Some(nullable) = nullable {
        words.insert("nullable".to_owned(), nullable);
    }
    words
}

/// Adds what holds too.
pub(super) fn merge(words: &mut Map<String, Value>, word: String, value: Value) {
    let Some(before) = words.get_mut(&word) else {
        words.insert(word, value);
        return;
    };
    if *before == value {
        return;
    }
    let number = |value: &Value| value.as_f64().unwrap_or_default();
    match (&*word, &mut *before, value) {
        ("properties", Value::Object(before), Value::Object(more)) => {
            for (name, schema) in more {
                let both = before.remove(&name).map(|first| json!({ "allOf": [first, schema] }));
                before.insert(name, both.unwrap_or(schema));
            }
        }
        ("required", Value::Array(before), Value::Array(more)) => {
            let mut known: HashSet<Value> = before.iter().cloned().collect();
            before.extend(more.into_iter().filter(|name| known.insert(name.clone())));
        }
        ("enum", Value::Array(before), Value::Array(more)) => {
            let more: HashSet<Value> = more.into_iter().collect();
            before.retain(|one| more.contains(one));
        }
        ("type", before, more) => *before = common_types(before, &more),
        ("additionalProperties", before, more) if *before == true || more == false => {
            *before = more
        }
        ("additionalProperties", before, more) if *before == false || more == true => {}
        ("additionalProperties" | "items", before, more) => {
            *before = json!({ "allOf": [before.take(), more] });
        }
        ("maximum" | "maxLength" | "maxItems" | "maxProperties" | LEVELS, before, more) => {
            if number(&more) < number(before) {
                *before = more;
            }
        }
        ("minimum" | "minLength" | "minItems" | "minProperties", before, more) => {
            if number(&more) > number(before) {
                *before = more;
            }
        }
        ("uniqueItems" | "deprecated" | "readOnly" | "writeOnly", before, more) => {
            *before = Value::Bool(*before == true || more == true);
        }
        ("nullable", before, more) => *before = Value::Bool(*before == true && more == true),
        (word, before, more) if is_prose(word) => *before = more,
        (_, _, more) => {
            let rest = words.entry(REST).or_insert_with(|| json!([]));
            if let Value::Array(rest) = rest {
                rest.push(json!([word, more]));
            }
        }
    }
}

fn common_types(one: &Value, other: &Value) -> Value {
    let list = |value: &Value| match value {
        Value::Array(types) => types.clone(),
        type_ => vec![type_.clone()],
    };
    let (one, other) = (list(one), list(other));
    let both = one.into_iter().filter(|type_| {
        other.contains(type_) || *type_ == "integer" && other.iter().any(|other| other == "number")
    });
    Value::Array(both.collect())
}
