//! References that cannot be followed: out of a document, around in a circle, and one after the other without an end in sight.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{LONGEST, Source};

/// The references that were followed to their ends, each with the number of those that it leads through, itself among them.
type Followed<'a> = HashMap<&'a str, usize>;

/// The members whose values are examples and data, in which a reference is a text.
const DATA: &[&str] = &["example", "examples", "default", "const", "enum"];

/// Returns what is wrong with the references of a document, if something is.
pub(in crate::contract) fn wrong(document: &Value) -> Option<String> {
    look(document, document, &mut Followed::new())
}

fn look<'a>(document: &'a Value, value: &'a Value, followed: &mut Followed<'a>) -> Option<String> {
    match value {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|reference| follow(document, reference, followed));
            let inner = || {
                let data = |name: &str| DATA.contains(&name) || name.starts_with("x-");
                // A property may have one of these names, and then its value is a schema.
                let inner = members.iter().filter(|(name, value)| {
                    !data(name) || value.get("$ref").is_none() && value.get("type").is_some()
                });
                inner.into_iter().find_map(|(_, value)| look(document, value, followed))
            };
            own.or_else(inner)
        }
        Value::Array(items) => items.iter().find_map(|item| look(document, item, followed)),
        _ => None,
    }
}

/// Follows a reference, and those that it leads to by nothing else, until there is none. Each is followed once, however many lead to it.
fn follow<'a>(
    document: &'a Value,
    reference: &'a str,
    followed: &mut Followed<'a>,
) -> Option<String> {
    let (mut met, mut known) = (Vec::new(), HashSet::new());
    let mut next = Some(reference);
    let mut hops = 0;
    while let Some(last) = next {
        if let Some(beyond) = followed.get(last) {
            hops = *beyond;
            break;
        }
        if !last.starts_with('#') {
            return Some(format!(
                "refers to `{last}`, which is outside of it: bundle it into one document first"
            ));
        }
        if !known.insert(last) {
            return Some(format!("has a reference that leads back to itself, `{last}`"));
        }
        met.push(last);
        let target = Source(document).follow(last);
        next = target.and_then(|target| target.get("$ref")).and_then(Value::as_str);
    }
    for one in met.into_iter().rev() {
        hops += 1;
        followed.insert(one, hops);
    }
    (hops > LONGEST).then(|| {
        format!(
            "has a reference that leads through {hops} references, `{reference}`, and {LONGEST} are followed: refer to the last one"
        )
    })
}
