//! The path below which an app is mounted: its links and its documents hold there too.

use axum::extract::OriginalUri;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts};

use super::operation::Fixed;

/// Returns the path below which a request found the app: that of the settings, and that of the router which it is nested in.
/// It is empty for most.
pub(super) fn prefix(parts: &Parts, below: &str) -> String {
    let mut prefix = below.to_owned();
    if let Some(OriginalUri(original)) = parts.extensions.get()
        && let Some(nested) = original.path().strip_suffix(parts.uri.path())
    {
        prefix.push_str(nested);
    }
    prefix
}

/// Puts the prefix before the paths of an answer's links.
pub(super) fn relocate(fields: &mut HeaderMap, prefix: &str) {
    const TEMPLATE: HeaderName = HeaderName::from_static("link-template");

    if prefix.is_empty() {
        return;
    }
    // Before each path stands what no other part of these fields begins with.
    let places: [(HeaderName, &str); 3] =
        [(header::LOCATION, ""), (header::LINK, "<"), (TEMPLATE, "\"")];
    for (name, opening) in places {
        let Some(value) = fields.get(&name).and_then(|value| value.to_str().ok()) else { continue };
        let moved = match opening {
            "" if value.starts_with('/') => format!("{prefix}{value}"),
            "" => continue,
            opening => value.replace(&format!("{opening}/"), &format!("{opening}{prefix}/")),
        };
        // A prefix is a part of a URI, so it is visible ASCII.
        if let Ok(moved) = HeaderValue::from_str(&moved) {
            fields.insert(name, moved);
        }
    }
}

/// Returns the place of the server's path in an OpenAPI document.
pub(super) fn server(document: &[u8]) -> Option<std::ops::Range<usize>> {
    const BEFORE: &[u8] = br#""servers":[{"url":""#;

    // In a text of a document each quote is escaped, so this stands nowhere else.
    let found = memchr::memmem::find(document, BEFORE)?;
    let start = found + BEFORE.len();
    let length = memchr::memchr(b'"', &document[start..])?;
    Some(start..start + length)
}

/// Returns the content of a document for an app below a prefix.
pub(super) fn relocated(fixed: &Fixed, prefix: &str) -> Option<Bytes> {
    let place = fixed.server.clone().filter(|_| !prefix.is_empty())?;
    let (before, after) = (&fixed.body[..place.start], &fixed.body[place.end..]);
    Some([before, prefix.as_bytes(), after].concat().into())
}

/// Returns `true` where a text is the path of a proxy that an app can stand below: segments of unreserved letters.
pub(super) fn is_prefix(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let segment = |segment: &str| !matches!(segment, "" | "." | "..") && segment.bytes().all(fits);
    text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(segment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_path_of_plain_segments() {
        for text in ["/api", "/api/shop", "/a-b_c.d~e"] {
            assert!(is_prefix(text), "{text}");
        }
        for text in
            ["", "/", "api", "/api/", "//api", "/a b", "/a%20b", "/../x", "/{x}", "https://x/api"]
        {
            assert!(!is_prefix(text), "{text}");
        }
    }

    #[test]
    fn links_of_others_stay_as_they_are() {
        let field = |text| HeaderValue::from_static(text);
        let mut fields = HeaderMap::new();
        fields.insert(header::LOCATION, field("/v1/orders/1"));
        fields.insert(
            header::LINK,
            field("<https://shop.example/moving>; rel=\"deprecation\", </v2/x>; rel=\"successor-version\""),
        );
        fields.insert("link-template", field("\"/v2/orders/{order}\"; rel=\"successor-version\""));
        relocate(&mut fields, "/api");
        assert_eq!(fields["location"], "/api/v1/orders/1");
        assert_eq!(
            fields["link"],
            "<https://shop.example/moving>; rel=\"deprecation\", </api/v2/x>; rel=\"successor-version\""
        );
        assert_eq!(
            fields["link-template"],
            "\"/api/v2/orders/{order}\"; rel=\"successor-version\""
        );
    }
}
