//! An OpenAPI document that somebody wrote: read from JSON or YAML, and walked by its references.

use std::{fs, io::Read, path::Path};

use serde_json::Value;

use super::terminal::Failure;

/// The members of a path that are operations.
const VERBS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The references that are followed one after the other. Further ones are a circle.
const MOST_HOPS: usize = 32;

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
}

impl DocumentOperation<'_> {
    /// Returns its verb and path, as a person names it.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.verb, self.path)
    }
}

/// Reads a document, of standard input if the file is `-`.
pub(crate) fn read(file: &Path) -> Result<Value, Failure> {
    let shown = file.display();
    let mut bytes = Vec::new();
    let read = match file.as_os_str() == "-" {
        true => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
        false => fs::read(file).map(|read| bytes = read),
    };
    read.map_err(|error| {
        Failure::new(format!("cannot read {shown}: {error}"))
            .help("name a file that is there, or `-` for standard input")
    })?;
    of(&bytes, &shown.to_string())
}

/// Reads a document of these bytes, which came from a file of this name.
pub(crate) fn of(bytes: &[u8], shown: &str) -> Result<Value, Failure> {
    let document = parse(bytes).map_err(|error| {
        Failure::new(format!("{shown} is neither JSON nor YAML: {error}"))
            .help("name an OpenAPI document 3.0 or 3.1")
    })?;
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    if version.starts_with("3.") {
        return Ok(document);
    }
    let failure = match document.get("swagger") {
        Some(_) => Failure::new(format!("{shown} is a document of Swagger 2, which is not read")),
        None => Failure::new(format!("{shown} is no OpenAPI document: it has no `openapi: 3.…`")),
    };
    Err(failure.help("write it as OpenAPI 3.1; converters are at https://openapi.tools"))
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
    for _ in 0..MOST_HOPS {
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
        let Some((item, path_place)) = resolve(document, item, join("/paths", path)) else {
            continue;
        };
        for (verb, value) in item.as_object().into_iter().flatten() {
            if VERBS.contains(&verb.as_str()) && value.is_object() {
                found.push(DocumentOperation {
                    verb: verb.to_uppercase(),
                    path,
                    place: join(&path_place, verb),
                    path_place: path_place.clone(),
                    value,
                    item,
                });
            }
        }
    }
    found
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
