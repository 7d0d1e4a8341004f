//! Credentials: the schemes that the document defines, and which of them an operation asks for.

use serde_json::Value;

use super::{At, follow};
use crate::cli::document;

/// The way in which credentials are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli::import) enum Sent {
    /// `Authorization: Bearer …`, of OAuth, OpenID Connect and the scheme of that name.
    Bearer,
    /// `Authorization` with another scheme, by its name.
    Authorization(String),
    /// A header of their own.
    Header(String),
    /// A cookie.
    Cookie(String),
    /// A parameter of the query, where they stand in logs.
    Query(String),
    /// The certificate of the connection.
    Certificate,
    /// A way that no two agree on.
    Unknown(String),
}

/// A scheme of credentials.
#[derive(Debug, Clone)]
pub(in crate::cli::import) struct Scheme {
    /// Its name in the document.
    pub(in crate::cli::import) name: String,
    /// The way in which they are sent.
    pub(in crate::cli::import) sent: Sent,
    /// The description.
    pub(in crate::cli::import) about: String,
}

/// One alternative: all of these schemes together, each with its scopes.
pub(in crate::cli::import) type Alternative = Vec<(String, Vec<String>)>;

/// Returns the schemes of a document.
pub(super) fn schemes(document: &Value) -> Vec<Scheme> {
    let root = At { value: document, place: String::new() };
    let Some(schemes) =
        root.member("components").and_then(|components| components.member("securitySchemes"))
    else {
        return Vec::new();
    };
    let schemes = schemes.members().filter_map(|(name, at)| {
        let at = follow(document, &at).ok()?;
        let about = at.text("description").unwrap_or_default().to_owned();
        Some(Scheme { name: name.to_owned(), sent: sent(&at), about })
    });
    schemes.collect()
}

fn sent(at: &At<'_>) -> Sent {
    let name = || at.text("name").unwrap_or_default().to_owned();
    let of = at.text("type").unwrap_or_default();
    match (of, at.text("in"), at.text("scheme").map(str::to_ascii_lowercase).as_deref()) {
        ("oauth2" | "openIdConnect", ..) | ("http", _, Some("bearer")) => Sent::Bearer,
        ("http", _, Some(scheme)) => Sent::Authorization(scheme.to_owned()),
        ("apiKey", Some("header"), _) if name().eq_ignore_ascii_case("authorization") => {
            Sent::Authorization(String::new())
        }
        ("apiKey", Some("header"), _) => Sent::Header(name()),
        ("apiKey", Some("cookie"), _) => Sent::Cookie(name()),
        ("apiKey", Some("query"), _) => Sent::Query(name()),
        ("mutualTLS", ..) => Sent::Certificate,
        (of, ..) => Sent::Unknown(of.to_owned()),
    }
}

/// Returns the alternatives that an operation admits; nothing where the document does not say. A list of names, in place of
/// objects, says nothing either: it must not be read as alternatives that ask for nothing.
pub(super) fn alternatives(document: &Value, operation: &Value) -> Option<Vec<Alternative>> {
    document::security(document, operation)?.iter().map(alternative).collect()
}

fn alternative(stated: &Value) -> Option<Alternative> {
    let schemes = stated.as_object()?.iter();
    schemes.map(|(name, scopes)| Some((name.clone(), self::scopes(scopes)?))).collect()
}

/// Returns scopes: a list, one text with blanks between them (RFC 6749, section 3.3), or none.
fn scopes(stated: &Value) -> Option<Vec<String>> {
    let texts: Vec<&str> = match stated {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().map(Value::as_str).collect::<Option<_>>()?,
        Value::Object(members) if members.is_empty() => Vec::new(),
        _ => return None,
    };
    Some(texts.into_iter().flat_map(str::split_whitespace).map(str::to_owned).collect())
}
