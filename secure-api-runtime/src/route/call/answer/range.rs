//! Parts of a file: the ranges that a request asks for, and the answer that has them (RFC 9110, section 14).

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use http::{HeaderValue, StatusCode, header};
use uuid::Uuid;

use crate::{
    error::{Problem, problem},
    rendered::Rendered,
    route::call::{Context, etag},
};

/// The most ranges of one request: what a player or a reader of documents asks for. More are asked for to cost work.
const MOST: usize = 8;

/// The ranges that a request asks for, each within the file: none where the whole file is to be sent.
type Ranges = Vec<Range<usize>>;

/// Returns the part of a file that a request asks for, or all of it.
///
/// # Errors
///
/// 416 where no range is within the file, they are malformed, more than eight, or longer together than the file; 400 where
/// `If-Range` is malformed.
pub(super) fn part(
    context: &Context,
    tag: &HeaderValue,
    media: HeaderValue,
    bytes: Bytes,
) -> Result<Rendered, Problem> {
    let ranges = asked(context, tag, bytes.len())?;
    let place =
        |range: &Range<usize>| format!("bytes {}-{}/{}", range.start, range.end - 1, bytes.len());
    match &ranges[..] {
        [] => Ok(Rendered::of(StatusCode::OK, media, bytes)),
        [only] => {
            let content = bytes.slice(only.clone());
            let mut rendered = Rendered::of(StatusCode::PARTIAL_CONTENT, media, content);
            rendered.field(header::CONTENT_RANGE, visible(&place(only))?);
            Ok(rendered)
        }
        several => {
            // Random, so that nothing in the file is it.
            let boundary = Uuid::new_v4().simple().to_string();
            let mut content = BytesMut::new();
            for range in several {
                content.extend_from_slice(format!("--{boundary}\r\nContent-Type: ").as_bytes());
                content.extend_from_slice(media.as_bytes());
                let place = place(range);
                content.extend_from_slice(format!("\r\nContent-Range: {place}\r\n\r\n").as_bytes());
                content.extend_from_slice(&bytes[range.clone()]);
                content.extend_from_slice(b"\r\n");
            }
            content.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
            let media = visible(&format!("multipart/byteranges; boundary={boundary}"))?;
            Ok(Rendered::of(StatusCode::PARTIAL_CONTENT, media, content.freeze()))
        }
    }
}

fn visible(text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(text).map_err(|error| Problem::new(&problem::INTERNAL).because(error))
}

/// Returns the ranges that a request asks for. Only GET has any, and only of the state that `If-Range` names.
fn asked(context: &Context, tag: &HeaderValue, length: usize) -> Result<Ranges, Problem> {
    let headers = &context.headers;
    let mut lines = headers.get_all(header::RANGE).iter();
    let first = match lines.next() {
        Some(first) if !context.is_head => first,
        _ => return Ok(Vec::new()),
    };
    if !etag::is_unchanged(headers, tag)? {
        return Ok(Vec::new());
    }
    let refuse = |why| {
        let end = format!("bytes */{length}");
        let mut refusal = Problem::new(&problem::RANGE_NOT_SATISFIABLE).saying(why);
        if let Ok(end) = HeaderValue::from_str(&end) {
            refusal = refusal.header(header::CONTENT_RANGE, end);
        }
        refusal
    };
    let text = first.to_str().ok().filter(|_| lines.next().is_none());
    let text = text.ok_or_else(|| refuse("the ranges cannot be read"))?;
    let (unit, set) = text.split_once('=').ok_or_else(|| refuse("the ranges cannot be read"))?;
    if !unit.eq_ignore_ascii_case("bytes") {
        // Of a unit that nobody knows the whole is sent (section 14.2).
        return Ok(Vec::new());
    }
    within(set, length).map_err(refuse)
}

/// Reads a set of ranges, and keeps those that are within the file.
fn within(set: &str, length: usize) -> Result<Ranges, &'static str> {
    let mut stated = 0;
    let mut ranges = Vec::new();
    for range in set.split(',').map(|range| range.trim_matches([' ', '\t'])) {
        if range.is_empty() {
            continue;
        }
        stated += 1;
        if stated > MOST {
            return Err("more than eight ranges");
        }
        ranges.extend(read(range, length).ok_or("the ranges cannot be read")?);
    }
    if stated == 0 {
        return Err("the ranges cannot be read");
    }
    if ranges.is_empty() {
        return Err("no range is within the file");
    }
    let together = ranges.iter().map(ExactSizeIterator::len).try_fold(0usize, usize::checked_add);
    if together.is_none_or(|together| together > length) {
        return Err("the ranges are longer together than the file");
    }
    Ok(ranges)
}

/// Reads one range; the inner `None` is one that is not within the file.
fn read(range: &str, length: usize) -> Option<Option<Range<usize>>> {
    let (first, last) = range.split_once('-')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number that is too large for this machine is beyond each file.
        digits.then(|| text.parse().unwrap_or(usize::MAX))
    };
    if first.is_empty() {
        let suffix = number(last)?.min(length);
        return Some((suffix > 0).then(|| length - suffix..length));
    }
    let first = number(first)?;
    let end = match last {
        "" => length,
        last => {
            let last = number(last)?;
            if last < first {
                return None;
            }
            last.saturating_add(1).min(length)
        }
    };
    Some((first < end).then_some(first..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 9110, section 14.1.2.
    #[test]
    fn ranges_are_read_as_the_standard_has_them() {
        let one = |range: Range<usize>| Ok(vec![range]);
        for (set, expected) in [
            ("0-0", one(0..1)),
            ("0-9", one(0..10)),
            ("0-99", one(0..10)),
            ("3-", one(3..10)),
            ("-3", one(7..10)),
            ("-99", one(0..10)),
            ("9-9", one(9..10)),
            ("0-99999999999999999999999", one(0..10)),
            ("0-1, 4-5 ,-1", Ok(vec![0..2, 4..6, 9..10])),
            (" ,0-1,, ", one(0..2)),
            ("50-60, 1-2", one(1..3)),
        ] {
            assert_eq!(within(set, 10), expected, "{set}");
        }
        for set in [
            "",
            ",",
            "x",
            "-",
            "1",
            "2-1",
            "1-2-3",
            "+1-2",
            "1 - 2",
            "--1",
            "0x1-2",
            "10-",
            "-0",
            "99-",
            "99999999999999999999999-",
            "0-,0-",
            "0-9,0-0",
            "0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8",
        ] {
            assert!(within(set, 10).is_err(), "{set}");
        }
        assert!(within("0-", 0).is_err());
    }
}
