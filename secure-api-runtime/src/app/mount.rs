//! The path below which an app is mounted: its links and its documents hold there too.

use std::borrow::Cow;

use axum::extract::OriginalUri;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::place::Fixed;
use crate::base_url::BaseUrl;

/// Returns the path below which a request found the app: that of its URL, and that of the router which it is nested in. It is
/// empty for most.
pub(super) fn prefix<'s>(parts: &Parts, base_url: Option<&'s BaseUrl>) -> Cow<'s, str> {
    let below = base_url.map_or("", BaseUrl::path);
    let original: Option<&OriginalUri> = parts.extensions.get();
    let nested = original.and_then(|original| original.path().strip_suffix(parts.uri.path()));
    let Some(nested) = nested.filter(|nested| !nested.is_empty()) else { return below.into() };
    let path = format!("{below}{}", sound(nested));
    // Two slashes would begin a host (RFC 3986, section 4.2).
    if path.starts_with("//") { format!("/.{path}").into() } else { path.into() }
}

/// The characters that no path has (RFC 3986, section 3.3): who calls an app that is nested at `/{name}` chooses them.
const NO_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Returns a path with all encoded that no path has, and a percent sign that begins no escape.
fn sound(path: &str) -> String {
    let is_escape = |text: &str| {
        text.as_bytes().first_chunk::<2>().is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    };
    let mut sound = String::with_capacity(path.len());
    for (place, part) in path.split('%').enumerate() {
        if place > 0 {
            sound.push_str(if is_escape(part) { "%" } else { "%25" });
        }
        sound.extend(utf8_percent_encode(part, NO_PATH));
    }
    sound
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
        // A prefix is a path of a URI, so it is visible ASCII.
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

/// Returns the content of a document for an app below a prefix, where that is another than the document was made with.
pub(super) fn relocated(fixed: &Fixed, base_url: Option<&BaseUrl>, prefix: &str) -> Option<Bytes> {
    if prefix == base_url.map_or("", BaseUrl::path) {
        return None;
    }
    let place = fixed.server.clone()?;
    let origin = base_url.map_or("", BaseUrl::origin);
    let (before, after) = (&fixed.body[..place.start], &fixed.body[place.end..]);
    Some([before, origin.as_bytes(), prefix.as_bytes(), after].concat().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_that_a_caller_chose_is_a_path() {
        let found = |original: &'static str, inside: &'static str, base_url: Option<&BaseUrl>| {
            let mut request = http::Request::new(());
            *request.uri_mut() = inside.parse().expect("a path");
            request.extensions_mut().insert(OriginalUri(original.parse().expect("a path")));
            prefix(&request.into_parts().0, base_url).into_owned()
        };
        for (original, prefix) in [
            ("/v1/a", ""),
            ("/api/v1/a", "/api"),
            ("/a%20b~!$&'()*+,;=:@/v1/a", "/a%20b~!$&'()*+,;=:@"),
            ("/a\"b{c}|^`[]<>\\/v1/a", "/a%22b%7Bc%7D%7C%5E%60%5B%5D%3C%3E%5C"),
            ("/100%/%4/%g1/v1/a", "/100%25/%254/%25g1"),
            ("//evil.example/v1/a", "/.//evil.example"),
        ] {
            // What the library takes for no target is refused before.
            if original.parse::<http::Uri>().is_ok() {
                assert_eq!(found(original, "/v1/a", None), prefix, "{original}");
            }
        }
        let proxy = BaseUrl::parse("https://shop.example/proxy");
        assert_eq!(found("/out/v1/a", "/v1/a", proxy.as_ref()), "/proxy/out");
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
