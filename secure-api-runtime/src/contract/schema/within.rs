//! Values of one schema within those of another: what `not` and `if` are judged by, since what they take is not what a place takes.
//!
//! An answer is given only where the keywords say it. A keyword that is not known here leaves it open.

use serde_json::Value;

use super::{Node, node::is_prose};
use crate::contract::documents::Source;

/// The deepest place that is looked at.
const DEEPEST: usize = 16;

/// The words that bound something from above, or from below, with the type of value that they are about.
const BOUNDS: &[(&str, &str, bool)] = &[
    ("maximum", "number", true),
    ("exclusiveMaximum", "number", true),
    ("maxLength", "string", true),
    ("maxItems", "array", true),
    ("maxProperties", "object", true),
    ("minimum", "number", false),
    ("exclusiveMinimum", "number", false),
    ("minLength", "string", false),
    ("minItems", "array", false),
    ("minProperties", "object", false),
];

/// One schema of a document.
#[derive(Clone, Copy)]
pub(super) struct Set<'a>(pub(super) Source<'a>, pub(super) &'a Value);

/// Returns `true` if each value of a schema is one of another, `false` if some is not; none where that cannot be told.
pub(super) fn within(one: Set<'_>, other: Set<'_>) -> Option<bool> {
    subset(one, other, 0)
}

fn subset(one: Set<'_>, other: Set<'_>, depth: usize) -> Option<bool> {
    let (a, b) = (Node::read(one.0, one.1), Node::read(other.0, other.1));
    if depth > DEEPEST || a.lost.is_some() || b.lost.is_some() {
        return None;
    }
    if a.never || b.is_any() {
        return Some(true);
    }
    if b.never {
        return is_met(&a).then_some(false);
    }
    if let Some(values) = listed(&a) {
        let own: Option<Vec<bool>> = values.iter().map(|value| holds(&a, value)).collect();
        let values = values.iter().zip(own?).filter(|(_, own)| *own).map(|(value, _)| value);
        return all(values.map(|value| holds(&b, value)));
    }
    if listed(&b).is_some() {
        // More values than can be listed are not all in a list.
        let is_many = !a.types.is_subset(&["boolean", "null"].map(str::to_owned).into());
        return (is_bare(&a) && (is_many || a.types.is_empty())).then_some(false);
    }
    let types = types_within(&a, &b);
    let words = b.words.keys().filter(|word| !is_prose(word));
    let words = words.map(|word| implied(word, (one.0, &a), (other.0, &b), depth));
    // What is not implied is broken by some value, as long as there is one.
    match all(std::iter::once(types).chain(words)) {
        Some(false) if !is_met(&a) => None,
        told => told,
    }
}

/// Returns `true` if all are, `false` if one is not, and none if one is open and none is not.
fn all(told: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut open = false;
    for one in told {
        match one {
            Some(false) => return Some(false),
            Some(true) => {}
            None => open = true,
        }
    }
    (!open).then_some(true)
}

/// Returns `true` if a schema says its types at most.
fn is_bare(node: &Node) -> bool {
    node.words.keys().all(|word| is_prose(word))
}

/// Returns `true` for a schema that some value fits for sure: it has types, or bounds that leave room.
fn is_met(node: &Node) -> bool {
    let known = |word: &String| {
        is_prose(word)
            || ["properties", "required"].contains(&&**word)
            || BOUNDS.iter().any(|(bound, ..)| bound == word)
    };
    let number = |word: &str| node.word(word).and_then(Value::as_f64);
    // These may exclude each other in more ways than are looked at.
    let together = |one: &str, other: &str| node.word(one).and(node.word(other)).is_some();
    let is_odd = together("required", "maxProperties")
        || node.properties().any(|(_, schema)| schema.is_boolean())
        || together("exclusiveMinimum", "maximum")
        || together("exclusiveMinimum", "exclusiveMaximum")
        || together("minimum", "exclusiveMaximum")
        || node.types.contains("integer") && together("minimum", "maximum") && !is_whole(node);
    let has_room = [("minLength", "maxLength"), ("minItems", "maxItems"), ("minimum", "maximum")]
        .iter()
        .all(|(least, most)| {
            number(least).zip(number(most)).is_none_or(|(least, most)| least <= most)
        });
    !node.never && !is_odd && node.words.keys().all(known) && has_room
}

/// Returns `true` if both bounds are whole numbers.
fn is_whole(node: &Node) -> bool {
    let whole =
        |word| node.word(word).and_then(Value::as_f64).is_some_and(|one| one.fract() == 0.0);
    whole("minimum") && whole("maximum")
}

/// Returns the values of a schema that lists them.
fn listed(node: &Node) -> Option<Vec<Value>> {
    match (node.word("const"), node.word("enum")) {
        (Some(one), _) => Some(vec![one.clone()]),
        (None, Some(Value::Array(all))) => {
            let null = node.nullable.then_some(Value::Null);
            Some(all.iter().cloned().chain(null).collect())
        }
        _ => None,
    }
}

fn takes(node: &Node, type_: &str) -> bool {
    node.types.is_empty()
        || node.types.contains(type_)
        || type_ == "integer" && node.types.contains("number")
        || type_ == "number" && node.types.contains("integer")
        || type_ == "null" && node.nullable
}

fn types_within(a: &Node, b: &Node) -> Option<bool> {
    if b.types.is_empty() {
        return Some(true);
    }
    if a.types.is_empty() {
        return Some(false);
    }
    let fits = |type_: &String| {
        b.types.contains(type_) || type_ == "integer" && b.types.contains("number")
    };
    Some(a.types.iter().all(fits) && (!a.nullable || takes(b, "null")))
}

/// Returns `true` if what a schema says implies a word of another.
fn implied(
    word: &str,
    (old, a): (Source<'_>, &Node),
    (new, b): (Source<'_>, &Node),
    depth: usize,
) -> Option<bool> {
    let (mine, theirs) = (a.word(word), b.word(word)?);
    if let Some((_, type_, upper)) = BOUNDS.iter().find(|(bound, ..)| *bound == word) {
        let limit = theirs.as_f64()?;
        let fits = |own: f64| if *upper { own <= limit } else { own >= limit };
        let is_none = !upper && limit <= 0.0 && *type_ != "number";
        let own = mine.and_then(Value::as_f64);
        // A bound of the other form may say the same.
        let beside = word.contains("imum") && a.words.keys().any(|own| own.contains("imum"));
        return match own {
            _ if !takes(a, type_) || is_none => Some(true),
            Some(own) => Some(fits(own)),
            None if beside => None,
            None => Some(false),
        };
    }
    match word {
        "required" if !takes(a, "object") => Some(true),
        "required" => {
            let names = theirs.as_array()?.iter().filter_map(Value::as_str);
            Some(names.into_iter().all(|name| a.requires(name)))
        }
        "properties" if !takes(a, "object") => Some(true),
        "properties" => all(b.properties().map(|(name, schema)| {
            let own = a.property(name);
            match own.or(a.word("additionalProperties")) {
                Some(own) => subset(Set(old, own), Set(new, schema), depth + 1),
                None => subset(Set(old, &Value::Bool(true)), Set(new, schema), depth + 1),
            }
        })),
        "items" if !takes(a, "array") => Some(true),
        "items" if a.word("prefixItems").is_none() && b.word("prefixItems").is_none() => {
            subset(Set(old, mine.unwrap_or(&Value::Bool(true))), Set(new, theirs), depth + 1)
        }
        "additionalProperties" if !takes(a, "object") || *theirs == true => Some(true),
        "additionalProperties" => {
            let known = |name: &str| b.property(name).is_some();
            let closed = *theirs == false && mine == Some(theirs);
            (closed && a.properties().all(|(name, _)| known(name))).then_some(true)
        }
        // A list may have references, which mean something else in another document.
        _ if mine == Some(theirs) && !theirs.is_object() && !theirs.is_array() => Some(true),
        _ => None,
    }
}

/// Returns `true` if a value fits a schema; none where a word of it is not known here.
fn holds(node: &Node, value: &Value) -> Option<bool> {
    let type_ = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.as_f64()?.fract() == 0.0 => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if node.never || !takes(node, type_) {
        return Some(false);
    }
    if type_ == "number" && !node.types.is_empty() && !node.types.contains("number") {
        return Some(false);
    }
    all(node.words.iter().filter(|(word, _)| !is_prose(word)).map(|(word, told)| {
        if let Some((_, about, upper)) = BOUNDS.iter().find(|(bound, ..)| bound == word) {
            let size = match (value, *about) {
                (Value::Number(number), "number") => number.as_f64()?,
                (Value::String(text), "string") => text.chars().count() as f64,
                (Value::Array(items), "array") => items.len() as f64,
                (Value::Object(members), "object") => members.len() as f64,
                _ => return Some(true),
            };
            let limit = told.as_f64()?;
            let beyond = if *upper { size > limit } else { size < limit };
            let reached = word.starts_with("exclusive") && size.total_cmp(&limit).is_eq();
            return Some(!beyond && !reached);
        }
        match (&**word, value) {
            ("const", _) => Some(value == told),
            ("enum", _) => Some(told.as_array()?.contains(value) || value.is_null()),
            ("pattern" | "format", other) if !other.is_string() => Some(true),
            ("required", Value::Object(members)) => Some(
                told.as_array()?
                    .iter()
                    .filter_map(Value::as_str)
                    .all(|name| members.contains_key(name)),
            ),
            ("required" | "properties" | "additionalProperties", other) if !other.is_object() => {
                Some(true)
            }
            ("items" | "uniqueItems", other) if !other.is_array() => Some(true),
            _ => None,
        }
    }))
}
