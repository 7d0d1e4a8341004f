//! The bytes of `multipart/form-data` (RFC 7578), told apart into parts.
//!
//! What two readers could understand in two ways is refused, and not decided for one of them: who looked at a request
//! before, a gateway or a scanner, saw the same parts. So a part's headers are lines that end with CR LF and are not
//! folded, `Content-Disposition` has `name` and `filename`, each once, and no backslash, which some take for an escape and
//! others for a letter; and no line, of a content or of the headers above it, begins like a boundary.
//!
//! `filename*` is not for uploads (RFC 7578, section 4.2), but some clients always send it: it says the name that `filename`
//! says, or the upload is refused.

use bytes::Bytes;
use memchr::memmem;

use super::disposition::{FORM_DATA, Malformed, names};
use super::drafts::Drafts;
use crate::input::{FilePart, wire::parameter::is_token_byte};

/// Most bytes of what stands above one part: a name of 255 octets and a media type have room.
pub(in crate::input) const MOST_HEADER: usize = 2048;

/// One part as it was sent.
#[derive(Clone)]
pub(in crate::input) struct BodyPart {
    pub(in crate::input) name: String,
    pub(in crate::input) file: FilePart,
}

const WHOLE: Malformed = "the body is the parts of an upload, up to its last boundary";
const MANY: Malformed = "there are not many more parts than are declared";
const HEADERS: Malformed = "a part has headers of at most 2048 bytes, each on a line of its own";
const ONCE: Malformed = "a header of a part stands once";
const ENCODED: Malformed = "the content of a part is in no encoding of its own";
const BOUNDARY: Malformed = "no line of a part begins like the boundary";

/// Splits a body into its parts, of which no bytes are copied.
pub(in crate::input) fn parts(
    body: &Bytes,
    boundary: &str,
    most: usize,
) -> Result<Vec<BodyPart>, Malformed> {
    let delimiter = format!("\n--{boundary}");
    let (line, delimiter) = (&delimiter.as_bytes()[1..], memmem::Finder::new(delimiter.as_bytes()));
    let mut parts = Vec::new();
    let rest = body.strip_prefix(b"\r\n").unwrap_or(body);
    let mut rest = rest.strip_prefix(line).ok_or(WHOLE)?;
    loop {
        if let Some(end) = rest.strip_prefix(b"--") {
            return if matches!(end, b"" | b"\r\n") { Ok(parts) } else { Err(WHOLE) };
        }
        if parts.len() == most && !crate::weakened::is("parts") {
            return Err(MANY);
        }
        let part = rest.strip_prefix(b"\r\n").ok_or(BOUNDARY)?;
        let near = &part[..part.len().min(MOST_HEADER)];
        let length = memmem::find(near, b"\r\n\r\n").ok_or(HEADERS)?;
        let (headers, content) = (&part[..length], &part[length + 4..]);
        let within = headers.starts_with(line) || delimiter.find(headers).is_some();
        if within || content.starts_with(line) {
            return Err(BOUNDARY);
        }
        let end = delimiter.find(content).ok_or(WHOLE)?;
        let bytes = content[..end].strip_suffix(b"\r").ok_or(BOUNDARY)?;
        let (name, file_name, media_type) = head(headers)?;
        let bytes = body.slice_ref(bytes);
        let file = FilePart { name: file_name, media_type, bytes, drafts: Drafts::default() };
        parts.push(BodyPart { name, file });
        rest = &content[end + 1 + line.len()..];
    }
}

/// Reads the head of a part: its name, that of its file, and the media type that its sender says it has.
fn head(headers: &[u8]) -> Result<(String, Option<String>, Option<String>), Malformed> {
    let [mut disposition, mut media_type, mut encoding, mut coding] = [None; 4];
    let mut rest = headers;
    loop {
        let (line, after) = match memmem::find(rest, b"\r\n") {
            Some(end) => (&rest[..end], Some(&rest[end + 2..])),
            None => (rest, None),
        };
        let (name, value) = header(line).ok_or(HEADERS)?;
        // Other headers have no meaning here (RFC 7578, section 4.8).
        let known = [
            (&b"content-disposition"[..], &mut disposition),
            (b"content-type", &mut media_type),
            (b"content-transfer-encoding", &mut encoding),
            (b"content-encoding", &mut coding),
        ];
        for (known, place) in known {
            if name.eq_ignore_ascii_case(known) && place.replace(value).is_some() {
                return Err(ONCE);
            }
        }
        let Some(after) = after else { break };
        rest = after;
    }
    let plain = [&b"binary"[..], b"8bit", b"7bit"];
    let is_one_of = |stated: &[u8], plain: &[&[u8]]| {
        plain.iter().any(|plain| stated.eq_ignore_ascii_case(plain))
    };
    if encoding.is_some_and(|stated| !is_one_of(stated, &plain))
        || coding.is_some_and(|stated| !is_one_of(stated, &[b"identity"]))
    {
        return Err(ENCODED);
    }
    let disposition = disposition.and_then(|value| std::str::from_utf8(value).ok());
    let (name, file_name) = names(disposition.ok_or(FORM_DATA)?)?;
    // What is no text is no media type, and so not that of the content.
    let text = |value: &[u8]| std::str::from_utf8(value).unwrap_or("?").to_owned();
    Ok((name, file_name, media_type.map(text)))
}

/// Reads one line as a name and a value, which is visible characters, spaces and tabs (RFC 9110, section 5.5).
fn header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    let fits = |byte: &u8| *byte == b'\t' || !byte.is_ascii_control();
    (!name.is_empty() && name.iter().all(is_token_byte) && value.iter().all(fits))
        .then(|| (name, value.trim_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // R80 R95
    #[test]
    fn no_line_of_a_header_is_the_boundary() {
        let read = |headers: &str| {
            let body = format!("--b\r\n{headers}\r\n\r\nTea\r\n--b--");
            parts(&Bytes::from(body), "b", 1).map(|parts| parts.len())
        };
        const NAME: &str = "Content-Disposition: form-data; name=a";
        assert_eq!(read(NAME), Ok(1));
        assert_eq!(read(&format!("{NAME}\r\nX: --b")), Ok(1));
        for line in ["--b: x", "--b", "--b--: x", "--b--", "--bc: x", "--b:", "--b : x"] {
            assert_eq!(read(&format!("{NAME}\r\n{line}")), Err(BOUNDARY), "{line}");
            assert_eq!(read(&format!("{line}\r\n{NAME}")), Err(BOUNDARY), "{line}");
        }
    }

    // R95
    #[test]
    fn no_bytes_are_copied() {
        let body = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nTea\n--\r\n--b--";
        let body = Bytes::from_static(body.as_bytes());
        let parts = parts(&body, "b", 1).expect("one part");
        assert_eq!(&parts[0].file.bytes[..], b"Tea\n--");
        assert!(body.as_ptr_range().contains(&parts[0].file.bytes.as_ptr()));
    }
}
