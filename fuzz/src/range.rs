//! Parts of a file (RFC 9110, section 14): what is sent is what its `Content-Range` says, never more than the file, and what
//! another parser reads of the request.

use bytes::Bytes;
use futures_util::{FutureExt, stream};
use http::header::RANGE;
use multer::Multipart;

use super::api::{Answer, TEXT, ask, get, lines};

/// Sends lines as `Range`.
pub fn check(data: &[u8]) -> bool {
    let answer = ask(lines(get("/v1/text"), &RANGE, data), "");
    if !answer.is_well() {
        assert_eq!(answer.status, 416, "{answer:?}");
        assert_eq!(answer.headers["content-range"], format!("bytes */{}", TEXT.len()));
        return false;
    }
    let parts = parts(&answer);
    let together: usize = parts.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(together <= TEXT.len() && parts.len() <= 8, "{answer:?}");
    for (place, bytes) in &parts {
        assert_eq!(&TEXT.as_bytes()[place.clone()], bytes, "{answer:?}");
    }
    let text = str::from_utf8(data).unwrap_or_default();
    let other = http_range_header::parse_range_header(text);
    let other = other.and_then(|ranges| ranges.validate(TEXT.len() as u64));
    if let (206, Ok(other)) = (answer.status.as_u16(), other) {
        let other: Vec<_> =
            other.iter().map(|range| *range.start() as usize..*range.end() as usize + 1).collect();
        let places: Vec<_> = parts.into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, other, "{text}");
    }
    answer.status == 206
}

/// Returns the parts of an answer, each with its place.
fn parts(answer: &Answer) -> Vec<(std::ops::Range<usize>, Bytes)> {
    let place = |text: &http::HeaderValue| {
        let text = text.to_str().expect("visible ASCII");
        let (range, length) =
            text.strip_prefix("bytes ").and_then(|text| text.split_once('/')).expect("a place");
        let (first, last) = range.split_once('-').expect("a range");
        assert_eq!(length, TEXT.len().to_string());
        first.parse().expect("a number")..last.parse::<usize>().expect("a number") + 1
    };
    if answer.status == 200 {
        assert!(!answer.headers.contains_key("content-range"), "{answer:?}");
        return vec![(0..TEXT.len(), answer.body.clone())];
    }
    assert_eq!(answer.status, 206, "{answer:?}");
    if let Some(only) = answer.headers.get("content-range") {
        return vec![(place(only), answer.body.clone())];
    }
    let media = answer.headers["content-type"].to_str().expect("visible ASCII");
    let boundary = media.strip_prefix("multipart/byteranges; boundary=").expect("several parts");
    let whole = stream::iter([Ok::<_, std::io::Error>(answer.body.clone())]);
    let mut multipart = Multipart::new(whole, boundary);
    let read = async {
        let mut parts = Vec::new();
        while let Some(field) = multipart.next_field().await? {
            let place = place(&field.headers()["content-range"]);
            parts.push((place, field.bytes().await?));
        }
        Ok::<_, multer::Error>(parts)
    };
    let read = read.now_or_never().expect("all of it is there");
    read.unwrap_or_else(|error| panic!("{error}: {answer:?}"))
}
