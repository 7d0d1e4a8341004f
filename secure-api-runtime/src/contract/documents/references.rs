//! References that cannot be followed: out of a document, and around in a circle.

use serde_json::Value;

use super::Source;

/// The members whose values are examples and data, in which a reference is a text.
const DATA: &[&str] = &["example", "examples", "default", "const", "enum"];

/// Returns what is wrong with the references of a document, if something is.
pub(in crate::contract) fn wrong(document: &Value) -> Option<String> {
    look(document, document)
}

fn look(document: &Value, value: &Value) -> Option<String> {
    match value {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|reference| followed(document, reference));
            let inner = || {
                let data = |name: &str| DATA.contains(&name) || name.starts_with("x-");
                // A property may have one of these names, and then its value is a schema.
                let inner = members.iter().filter(|(name, value)| {
                    !data(name) || value.get("$ref").is_none() && value.get("type").is_some()
                });
                inner.into_iter().find_map(|(_, value)| look(document, value))
            };
            own.or_else(inner)
        }
        Value::Array(items) => items.iter().find_map(|item| look(document, item)),
        _ => None,
    }
}

/// Follows a reference, and those that it leads to by nothing else, until there is none.
fn followed(document: &Value, reference: &str) -> Option<String> {
    let mut met = vec![reference];
    loop {
        let last = met.last().copied().unwrap_or_default();
        if !last.starts_with('#') {
            return Some(format!(
                "refers to `{last}`, which is outside of it: bundle it into one document first"
            ));
        }
        let next = Source(document).follow(last)?.get("$ref")?.as_str()?;
        if met.contains(&next) {
            return Some(format!("has a reference that leads back to itself, `{next}`"));
        }
        met.push(next);
    }
}
