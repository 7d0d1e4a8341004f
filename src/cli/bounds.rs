//! The bounds of a document that somebody else wrote: within them each command ends, and soon.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::document::{MOST_HOPS, is_data, servers, target};

/// The most segments of a path, and of the URL of a server that stands before it.
const SEGMENTS: usize = 64;

/// Returns the bound that a document is beyond, in words, and what to write.
pub(super) fn exceeded(document: &Value) -> Option<(String, String)> {
    let paths = document.get("paths").and_then(Value::as_object);
    let paths = paths.into_iter().flatten().map(|(path, _)| ("path", path.as_str()));
    let deep =
        paths.chain(servers(document).map(|url| ("server", url))).find_map(|(kind, text)| {
            let count = text.matches('/').count();
            let begin: String = text.chars().take(40).collect();
            (count > SEGMENTS).then(|| format!("has a {kind} of {count} segments, `{begin}…`"))
        });
    let deep = deep.map(|told| (told, format!("write {SEGMENTS} segments at most")));
    deep.or_else(|| {
        let (reference, hops) = chain(document)?;
        let told = format!("has a reference that leads through {hops} references, `{reference}`");
        Some((told, format!("refer to the last one; {MOST_HOPS} are followed")))
    })
}

/// Returns the first reference that leads through more references than are followed, with their number. A circle is none: it leads
/// nowhere, and is told where it stands.
fn chain(document: &Value) -> Option<(&str, usize)> {
    // Each is followed once, however many lead to it.
    let mut followed: HashMap<&str, usize> = HashMap::new();
    let mut left = vec![(document, false)];
    while let Some((value, holds_names)) = left.pop() {
        match value {
            Value::Object(members) => {
                for (member, inner) in members {
                    let reference = inner.as_str().filter(|_| member == "$ref" && !holds_names);
                    if let Some(reference) = reference {
                        let hops = hops(document, reference, &mut followed);
                        if hops > MOST_HOPS {
                            return Some((reference, hops));
                        }
                    } else if holds_names || !is_data(member) {
                        let names = ["properties", "patternProperties"].contains(&&**member);
                        left.push((inner, names && !holds_names));
                    }
                }
            }
            Value::Array(items) => left.extend(items.iter().map(|item| (item, false))),
            _ => {}
        }
    }
    None
}

/// Returns the number of references that one leads through, itself among them; 0 where it leads into a circle.
fn hops<'a>(
    document: &'a Value,
    reference: &'a str,
    followed: &mut HashMap<&'a str, usize>,
) -> usize {
    let (mut met, mut known) = (Vec::new(), HashSet::new());
    let (mut next, mut hops, mut is_circle) = (Some(reference), 0, false);
    while let Some(last) = next {
        if let Some(beyond) = followed.get(last) {
            (hops, is_circle) = (*beyond, *beyond == 0);
            break;
        }
        if !known.insert(last) {
            is_circle = true;
            break;
        }
        met.push(last);
        let found = target(document, last).and_then(|(found, _)| found.get("$ref"));
        next = found.and_then(Value::as_str);
    }
    for one in met.into_iter().rev() {
        hops += usize::from(!is_circle);
        followed.insert(one, hops);
    }
    hops
}
