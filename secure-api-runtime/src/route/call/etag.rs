//! Entity tags: what a representation is known by, and the conditions that name one (RFC 9110, sections 8.8.3 and 13.1).

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Returns the strong tag of these bytes: the same on every machine, and another for each view, version and choice of
/// fields.
pub(super) fn of(body: &[u8]) -> HeaderValue {
    // 128 bits of SHA-256: nobody finds two representations of one tag.
    let digest = digest(&SHA256, body);
    let mut text = [b'"'; 24];
    // 16 bytes are 22 letters of base64url, and quoted that is visible ASCII.
    let written = URL_SAFE_NO_PAD.encode_slice(&digest.as_ref()[..16], &mut text[1..23]);
    written.ok().and_then(|_| HeaderValue::from_bytes(&text).ok()).unwrap_or(NAMELESS)
}

/// The tag that names nothing.
const NAMELESS: HeaderValue = HeaderValue::from_static("\"\"");

/// Returns `true` if `If-None-Match` names this representation. The comparison is weak.
pub(super) fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    names(headers, &header::IF_NONE_MATCH, tag, true)
}

/// Returns `true` if `If-Match` names this representation, or any by `*`; `None` without the header. The comparison is
/// strong: a weak tag names none.
pub(super) fn is_matched(headers: &HeaderMap, tag: &HeaderValue) -> Option<bool> {
    let stated = headers.contains_key(header::IF_MATCH);
    stated.then(|| names(headers, &header::IF_MATCH, tag, false))
}

fn names(headers: &HeaderMap, name: &HeaderName, tag: &HeaderValue, weak: bool) -> bool {
    let lines = headers.get_all(name).iter();
    lines.into_iter().any(|line| line == "*" || has(line.as_bytes(), tag.as_bytes(), weak))
}

/// Returns `true` if a list of tags has this one. A tag may hold commas, so the list is read and not split.
fn has(mut list: &[u8], tag: &[u8], weak: bool) -> bool {
    loop {
        list = list.trim_ascii_start();
        let is_weak = list.starts_with(b"W/");
        if is_weak {
            list = &list[2..];
        }
        let Some(content) = list.strip_prefix(b"\"") else { return false };
        let Some(end) = content.iter().position(|byte| *byte == b'"') else { return false };
        let (this, rest) = list.split_at(end + 2);
        if this == tag && (weak || !is_weak) {
            return true;
        }
        let Some(rest) = rest.trim_ascii_start().strip_prefix(b",") else { return false };
        list = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (name.clone(), HeaderValue::from_static(line))).collect()
    }

    const TAG: HeaderValue = HeaderValue::from_static("\"a,b\"");

    #[test]
    fn a_list_of_tags_is_read_and_not_split() {
        for (lines, weak, strong) in [
            (&["\"a,b\""][..], true, true),
            (&["\"x\", \"a,b\""], true, true),
            (&["\"x\"", "W/\"y\",\"a,b\""], true, true),
            (&["W/\"a,b\""], true, false),
            (&["*"], true, true),
            (&["a,b"], false, false),
            (&["\"a,b"], false, false),
            (&["\"a\", \"b\""], false, false),
            (&["\"x\" \"a,b\""], false, false),
            (&["", "W/", "\""], false, false),
        ] {
            assert_eq!(is_known(&headers(header::IF_NONE_MATCH, lines), &TAG), weak, "{lines:?}");
            assert_eq!(
                is_matched(&headers(header::IF_MATCH, lines), &TAG),
                Some(strong),
                "{lines:?}"
            );
        }
        assert_eq!(is_matched(&HeaderMap::new(), &TAG), None);
        assert!(!is_known(&HeaderMap::new(), &TAG));
    }

    #[test]
    fn a_tag_is_of_the_bytes() {
        assert_eq!(of(b"{}"), of(b"{}"));
        assert_ne!(of(b"{}"), of(b"{ }"));
        assert_eq!(of(b"").as_bytes().len(), 24);
    }
}
