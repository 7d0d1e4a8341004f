//! An OpenAPI document that somebody wrote: read from JSON or YAML, and walked by its references.

use std::path::Path;

use serde_json::Value;

use super::{bounds, file, terminal::Failure};
use crate::inventory::LoggedTraffic;

/// The members of a path that are operations.
const VERBS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The references that are followed one after the other. Of a document that is read, further ones are a circle.
pub(crate) const MOST_HOPS: usize = 32;

/// The members whose values are data, and no part of the document.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// An operation of a document, with its place.
#[derive(Debug, Clone)]
pub(crate) struct DocumentOperation<'a> {
    /// Its verb, in capitals.
    pub(crate) verb: String,
    /// Its path, as it is written.
    pub(crate) path: &'a str,
    /// The pointer to it.
    pub(crate) place: String,
    /// The pointer to its path.
    pub(crate) path_place: String,
    /// The operation itself.
    pub(crate) value: &'a Value,
    /// The path that it is in.
    pub(crate) item: &'a Value,
    /// The paths that refer to that one, and those that it refers to: they are the same path. Each has its pointer.
    pub(crate) beside: Vec<(&'a Value, String)>,
}

impl DocumentOperation<'_> {
    /// Returns its verb and path, as a person names it.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.verb, self.path)
    }
}

/// Reads a document, of standard input if the file is `-`.
pub(crate) fn read(file: &Path) -> Result<Value, Failure> {
    of(&file::bytes(file)?, &file::named(file))
}

/// Reads a document of these bytes, which came from a file of this name.
pub(crate) fn of(bytes: &[u8], shown: &str) -> Result<Value, Failure> {
    let log = || {
        let is_log = LoggedTraffic::begins_in(bytes);
        is_log.then(|| {
            Failure::new(format!("{shown} is a log, and no OpenAPI document"))
                .help("write `inventory` with `--log access.log`, which holds it against something")
        })
    };
    let document = match parse(bytes) {
        Ok(document) => document,
        Err(error) if is_deep(&error) => {
            return Err(Failure::new(format!("{shown} is nested too deep to be read: {error}"))
                .help("write 64 levels at most, and `$ref` in the place of what is deeper"));
        }
        Err(error) => {
            let failure = Failure::new(format!("{shown} is neither JSON nor YAML: {error}"));
            return Err(log().unwrap_or(failure.help("name an OpenAPI document 3.0 or 3.1")));
        }
    };
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    if !version.starts_with("3.") {
        return Err(match document.get("swagger") {
            Some(_) => {
                Failure::new(format!("{shown} is a document of Swagger 2, which is not read"))
                    .help("write it as OpenAPI 3.1; converters are at https://openapi.tools")
            }
            None => log().unwrap_or_else(|| {
                let told = format!("{shown} is no OpenAPI document: it has no `openapi: 3.…`");
                Failure::new(told).help("name an OpenAPI document 3.0 or 3.1")
            }),
        });
    }
    match bounds::exceeded(&document) {
        Some((told, help)) => Err(Failure::new(format!("{shown} {told}")).help(help)),
        None => Ok(document),
    }
}

/// Returns `true` for what a parser says of a document that is nested deeper than it reads.
fn is_deep(error: &str) -> bool {
    ["recursion limit exceeded", "budget breached: Depth"].iter().any(|told| error.contains(told))
}

/// Reads JSON, or else YAML. The error is that of the form that it begins as.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    match serde_json::from_slice(bytes) {
        Ok(document) => Ok(document),
        Err(error) if is_json => Err(error.to_string()),
        Err(_) => {
            let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
            serde_saphyr::from_str(text).map_err(|error| {
                let text = error.to_string();
                let first = text.lines().next().unwrap_or_default();
                first.trim_start_matches("error: ").to_owned()
            })
        }
    }
}

/// Adds a member to a JSON pointer (RFC 6901).
pub(crate) fn join(place: &str, member: &str) -> String {
    format!("{place}/{}", member.replace('~', "~0").replace('/', "~1"))
}

/// Follows references until something is none; nothing where one leads nowhere, or in a circle.
pub(crate) fn resolve<'a>(
    document: &'a Value,
    value: &'a Value,
    place: String,
) -> Option<(&'a Value, String)> {
    let (mut value, mut place) = (value, place);
    // Behind the last one stands something.
    for _ in 0..=MOST_HOPS {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Some((value, place));
        };
        let (found, at) = target(document, reference)?;
        (value, place) = (found, at);
    }
    None
}

/// Returns the place that a reference within the document names.
pub(crate) fn target<'a>(document: &'a Value, reference: &str) -> Option<(&'a Value, String)> {
    let pointer = percent_decoded(reference.strip_prefix('#')?);
    Some((document.pointer(&pointer)?, pointer))
}

/// Returns `true` for a member whose value is data, and no part of the document.
pub(crate) fn is_data(member: &str) -> bool {
    DATA.contains(&member) || member.starts_with("x-")
}

/// Returns the URLs of a document's servers.
pub(crate) fn servers(document: &Value) -> impl Iterator<Item = &str> {
    let servers = document.get("servers").and_then(Value::as_array).into_iter().flatten();
    servers.filter_map(|server| server.get("url").and_then(Value::as_str))
}

/// Returns a fragment without percent encoding.
fn percent_decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        let digits =
            after.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the operations of a document, in its order.
pub(crate) fn operations(document: &Value) -> Vec<DocumentOperation<'_>> {
    let paths = document.get("paths").and_then(Value::as_object);
    let mut found = Vec::new();
    for (path, item) in paths.into_iter().flatten().filter(|(path, _)| path.starts_with('/')) {
        let items = items(document, item, join("/paths", path));
        for (at, (item, path_place)) in items.iter().enumerate() {
            for (verb, value) in item.as_object().into_iter().flatten() {
                // Before 3.2 a document has no member for QUERY, and ours tell it by an extension.
                let named = if verb == "x-query" { "query" } else { verb };
                let has = |item: &Value, verb: &str| item.get(verb).is_some();
                let has_it = |(item, _): &(&Value, String)| match named {
                    "query" => has(item, "query") || has(item, "x-query"),
                    _ => has(item, verb),
                };
                // What a path states beside a reference stands in the place of what it refers to, and `query` in that of an extension.
                let is_stated =
                    items[..at].iter().any(has_it) || (verb == "x-query" && has(item, "query"));
                if VERBS.contains(&named) && value.is_object() && !is_stated {
                    let beside = [&items[..at], &items[at + 1..]].concat();
                    found.push(DocumentOperation {
                        verb: named.to_uppercase(),
                        path,
                        place: join(path_place, verb),
                        path_place: path_place.clone(),
                        value,
                        item,
                        beside,
                    });
                }
            }
        }
    }
    found
}

/// Returns a path and what it refers to, one after the other, as far as references lead.
fn items<'a>(document: &'a Value, item: &'a Value, place: String) -> Vec<(&'a Value, String)> {
    let mut items = vec![(item, place)];
    let mut last = item;
    while let Some(reference) = last.get("$ref").and_then(Value::as_str)
        && items.len() <= MOST_HOPS
        && let Some((next, place)) = target(document, reference)
    {
        items.push((next, place));
        last = next;
    }
    items
}

/// Returns the alternatives of credentials that an operation admits: its own, or else the document's.
pub(crate) fn security<'a>(document: &'a Value, operation: &'a Value) -> Option<&'a [Value]> {
    let stated = operation.get("security").or_else(|| document.get("security"));
    stated.and_then(Value::as_array).map(Vec::as_slice)
}

/// Returns `true` if a request without credentials is enough for one of the alternatives.
pub(crate) fn is_open(alternatives: &[Value]) -> bool {
    let is_empty = |one: &Value| one.as_object().is_some_and(serde_json::Map::is_empty);
    alternatives.is_empty() || alternatives.iter().any(is_empty)
}

/// Returns the members of a list that are texts.
pub(crate) fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
