//! Entity tags: what a representation is known by, and the conditions that name one (RFC 9110, sections 8.8.3 and 13.1).

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::error::{Problem, problem};

/// Returns the strong tag of these bytes: the same on every machine, and another for each view, version and choice of
/// fields.
pub(crate) fn of(body: &[u8]) -> HeaderValue {
    // 128 bits of SHA-256: nobody finds two representations of one tag.
    let digest = digest(&SHA256, body);
    let mut text = [b'"'; 24];
    // 16 bytes are 22 letters of base64url, and quoted that is visible ASCII.
    let written = URL_SAFE_NO_PAD.encode_slice(&digest.as_ref()[..16], &mut text[1..23]);
    written.ok().and_then(|_| HeaderValue::from_bytes(&text).ok()).unwrap_or(NAMELESS)
}

/// The tag that names nothing.
const NAMELESS: HeaderValue = HeaderValue::from_static("\"\"");

/// Returns `true` if `If-None-Match` names this representation, or any by `*`. The comparison is weak.
pub(super) fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    names(headers, &header::IF_NONE_MATCH, tag, true)
}

/// Returns `true` if `If-Match` names this representation, or any by `*`. The comparison is strong: a weak tag names
/// none.
pub(super) fn is_matched(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    names(headers, &header::IF_MATCH, tag, false)
}

/// Returns `true` where `If-Range` names this representation, or is not there. No date names one, since none has any.
///
/// # Errors
///
/// 400 where it is neither one tag nor one date.
pub(super) fn is_unchanged(headers: &HeaderMap, tag: &HeaderValue) -> Result<bool, Problem> {
    let mut lines = headers.get_all(header::IF_RANGE).iter();
    let line = match (lines.next(), lines.next()) {
        (None, _) => return Ok(true),
        (Some(line), None) => line,
        (Some(_), Some(_)) => return Err(malformed_range()),
    };
    let mut tags = Tags(line.as_bytes());
    match (tags.next(), tags.next()) {
        (Some(Ok(one)), None) => Ok(one.quoted == tag.as_bytes() && !one.weak),
        _ => match line.to_str().map(httpdate::parse_http_date) {
            Ok(Ok(_)) => Ok(false),
            _ => Err(malformed_range()),
        },
    }
}

fn names(headers: &HeaderMap, name: &HeaderName, tag: &HeaderValue, weak: bool) -> bool {
    let lines = headers.get_all(name).iter();
    lines.into_iter().any(|line| {
        let same = |one: Result<Tag<'_>, Malformed>| {
            one.is_ok_and(|one| one.quoted == tag.as_bytes() && (weak || !one.weak))
        };
        line == "*" || Tags(line.as_bytes()).any(same)
    })
}

/// Refuses a field that is neither `*` nor a list of at least one tag (RFC 9110, sections 8.8.3 and 13.1).
pub(super) fn well_formed(headers: &HeaderMap, name: &HeaderName) -> Result<(), Problem> {
    let (mut any, mut tags) = (0, 0);
    for line in headers.get_all(name) {
        if line == "*" {
            any += 1;
            continue;
        }
        for tag in Tags(line.as_bytes()) {
            match tag {
                Ok(_) => tags += 1,
                Err(Malformed) => return Err(malformed()),
            }
        }
    }
    if any + usize::from(tags > 0) == 1 { Ok(()) } else { Err(malformed()) }
}

fn malformed() -> Problem {
    Problem::new(&problem::MALFORMED).saying("a condition is neither `*` nor a list of entity tags")
}

fn malformed_range() -> Problem {
    Problem::new(&problem::MALFORMED)
        .saying("If-Range is neither one entity tag nor one date of HTTP")
}

/// One tag of a list, with its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    quoted: &'a [u8],
    weak: bool,
}

/// The text is no list of tags.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The tags of a list. A tag may hold commas, so the list is read and not split. Empty elements count for nothing
/// (RFC 9110, section 5.6.1.2).
struct Tags<'a>(&'a [u8]);

impl<'a> Iterator for Tags<'a> {
    type Item = Result<Tag<'a>, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        while let [b' ' | b'\t' | b',', rest @ ..] = self.0 {
            self.0 = rest;
        }
        if self.0.is_empty() {
            return None;
        }
        let read = tag(self.0);
        // What follows a tag is a comma or the end; after a mistake there is nothing more to read.
        self.0 = match &read {
            Some((_, rest)) => rest,
            None => &[],
        };
        Some(read.map(|(tag, _)| tag).ok_or(Malformed))
    }
}

/// Reads the tag that a text begins with, and what stands between it and the next comma, which may be blanks.
fn tag(text: &[u8]) -> Option<(Tag<'_>, &[u8])> {
    let quoted = text.strip_prefix(b"W/").unwrap_or(text);
    let weak = quoted.len() != text.len();
    let content = quoted.strip_prefix(b"\"")?;
    let end = content.iter().position(|byte| !matches!(byte, 0x21 | 0x23..=0x7e | 0x80..))?;
    if content[end] != b'"' {
        return None;
    }
    let (quoted, rest) = quoted.split_at(end + 2);
    let rest = rest.trim_ascii_start();
    (rest.is_empty() || rest[0] == b',').then_some((Tag { quoted, weak }, rest))
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
            (&["\"a\", \"b\""], false, false),
            (&[" ,, \"x\" ,\t, \"a,b\" ,"], true, true),
        ] {
            let known = headers(header::IF_NONE_MATCH, lines);
            assert!(well_formed(&known, &header::IF_NONE_MATCH).is_ok(), "{lines:?}");
            assert_eq!(is_known(&known, &TAG), weak, "{lines:?}");
            assert_eq!(is_matched(&headers(header::IF_MATCH, lines), &TAG), strong, "{lines:?}");
        }
        assert!(!is_known(&HeaderMap::new(), &TAG));
        assert!(!is_matched(&HeaderMap::new(), &TAG));
    }

    #[test]
    fn what_is_no_list_of_tags_is_malformed() {
        for lines in [
            &["a,b"][..],
            &["\"a,b"],
            &["\"x\" \"a,b\""],
            &["W/"],
            &["\""],
            &["w/\"a\""],
            &["W/ \"a\""],
            &["\"a b\""],
            &["\"a\"x"],
            &["'a'"],
            &[""],
            &[","],
            &["*", "*"],
            &["*", "\"a\""],
            &["*, \"a\""],
            &["\"a\", *"],
            &["\"a\"", "b"],
        ] {
            let stated = headers(header::IF_MATCH, lines);
            assert!(well_formed(&stated, &header::IF_MATCH).is_err(), "{lines:?}");
        }
    }

    #[test]
    fn a_tag_is_of_the_bytes() {
        assert_eq!(of(b"{}"), of(b"{}"));
        assert_ne!(of(b"{}"), of(b"{ }"));
        assert_eq!(of(b"").as_bytes().len(), 24);
    }
}
