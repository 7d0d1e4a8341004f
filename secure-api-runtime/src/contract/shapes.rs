//! The shapes of a version: its document without what only people read and without what facts tell, in one order.

use serde_json::Value;

use super::schema::{LEVELS, sorted};

/// The keywords that are left out.
const LEFT_OUT: &[&str] = &[
    "description",
    "summary",
    "title",
    "example",
    "examples",
    "externalDocs",
    "tags",
    "info",
    "servers",
    "security",
    "securitySchemes",
];

/// The keywords whose members are names, which may be called as keywords are.
const NAMED: &[&str] = &[
    "properties",
    "patternProperties",
    "$defs",
    "schemas",
    "responses",
    "headers",
    "parameters",
    "requestBodies",
    "paths",
    "content",
    "dependentSchemas",
    "mapping",
];

/// Returns the shapes of a document.
pub(super) fn shapes_of(document: &Value) -> Value {
    let mut shapes = without(document, false);
    parts_left_out(&mut shapes);
    ends_left_out(&mut shapes);
    let mut shapes = sorted(&shapes);
    parameters_sorted(&mut shapes);
    shapes
}

fn without(value: &Value, named: bool) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| named || !is_left_out(name));
            let kept = kept.map(|(name, value)| {
                let names = !named && NAMED.contains(&&**name) && value.is_object();
                (name.clone(), without(value, names))
            });
            Value::Object(kept.collect())
        }
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| without(item, false)).collect())
        }
        plain => plain.clone(),
    }
}

/// The header fields and the status by which each answer tells of its version's end, which is told once; and the field that
/// tells which pages may read it, which is a setting of the server.
const ENDS: &[&str] =
    &["Deprecation", "Sunset", "Link", "Link-Template", "410", "Access-Control-Allow-Origin"];

/// Leaves out what each answer tells anew: of the end of a version, and of pages of other origins.
fn ends_left_out(shapes: &mut Value) {
    match shapes {
        Value::Object(members) => {
            for list in ["headers", "responses"] {
                if let Some(Value::Object(named)) = members.get_mut(list) {
                    named.retain(|name, _| !ENDS.contains(&&**name) && !name.starts_with("Gone"));
                }
            }
            members.values_mut().for_each(ends_left_out);
        }
        Value::Array(items) => items.iter_mut().for_each(ends_left_out),
        _ => {}
    }
}

fn is_left_out(name: &str) -> bool {
    LEFT_OUT.contains(&name)
        || name.starts_with("x-") && !["x-sunset", "x-brownouts", LEVELS].contains(&name)
}

/// Leaves out what follows from `?fields=`: of each view, the same with nothing that is always there. Its fields are the
/// view's, so that a change would be told twice.
fn parts_left_out(shapes: &mut Value) {
    let Some(schemas) = shapes.pointer("/components/schemas").and_then(Value::as_object) else {
        return;
    };
    let fields = |name: &str| -> Option<Vec<String>> {
        let properties = schemas.get(name)?.get("properties")?.as_object()?;
        Some(properties.keys().cloned().collect())
    };
    let is_part = |name: &String| {
        let whole = name.strip_suffix("Part");
        whole.is_some_and(|whole| fields(whole).is_some() && fields(whole) == fields(name))
    };
    let parts: Vec<String> = schemas.keys().filter(|name| is_part(name)).cloned().collect();
    if let Some(Value::Object(schemas)) = shapes.pointer_mut("/components/schemas") {
        schemas.retain(|name, _| !parts.contains(name));
    }
    let references: Vec<String> =
        parts.iter().map(|name| format!("#/components/schemas/{name}")).collect();
    unions_without(shapes, &references);
}

fn unions_without(value: &mut Value, references: &[String]) {
    match value {
        Value::Object(members) => {
            for union in ["anyOf", "oneOf"] {
                let Some(Value::Array(all)) = members.get_mut(union) else { continue };
                let is_part = |member: &Value| {
                    let target = member.get("$ref").and_then(Value::as_str);
                    target.is_some_and(|target| references.iter().any(|one| one == target))
                };
                all.retain(|member| !is_part(member));
                let only =
                    if let [Value::Object(only)] = &all[..] { Some(only.clone()) } else { None };
                if let Some(only) = only.filter(|_| members.len() == 1) {
                    *members = only;
                    break;
                }
            }
            members.values_mut().for_each(|value| unions_without(value, references));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| unions_without(item, references)),
        _ => {}
    }
}

/// Sorts lists of parameters, whose order says nothing.
fn parameters_sorted(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::Array(parameters)) = members.get_mut("parameters") {
                parameters.sort_by_key(|one| [one["in"].to_string(), one["name"].to_string()]);
            }
            members.values_mut().for_each(parameters_sorted);
        }
        Value::Array(items) => items.iter_mut().for_each(parameters_sorted),
        _ => {}
    }
}
