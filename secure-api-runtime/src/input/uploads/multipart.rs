//! The bytes of `multipart/form-data` (RFC 7578), told apart into parts.
//!
//! What two readers could understand in two ways is refused, and not decided for one of them: who looked at a request
//! before, a gateway or a scanner, saw the same parts. So a part's headers are lines that end with CR LF and are not
//! folded, `Content-Disposition` has `name` and `filename`, each once, and no backslash, which some take for an escape and
//! others for a letter; and no line of a content begins like a boundary.

use bytes::Bytes;
use memchr::memmem;

use crate::input::FilePart;

/// Most bytes of what stands above one part: a name of 255 octets and a media type have room.
pub(in crate::input) const MOST_HEADER: usize = 2048;

/// One part as it was sent.
#[derive(Clone)]
pub(in crate::input) struct BodyPart {
    pub(in crate::input) name: String,
    pub(in crate::input) file: FilePart,
}

/// The parse error of a body, in words that repeat nothing of it.
type Malformed = &'static str;

const WHOLE: Malformed = "the body is the parts of an upload, up to its last boundary";
const MANY: Malformed = "there are not many more parts than are declared";
const HEADERS: Malformed = "a part has headers of at most 2048 bytes, each on a line of its own";
const ONCE: Malformed = "a header of a part stands once";
const FORM_DATA: Malformed = "a part is form-data; name=\"…\", with a filename=\"…\" or without, each once and without a backslash";
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
        if parts.len() == most {
            return Err(MANY);
        }
        let part = rest.strip_prefix(b"\r\n").ok_or(BOUNDARY)?;
        let near = &part[..part.len().min(MOST_HEADER)];
        let length = memmem::find(near, b"\r\n\r\n").ok_or(HEADERS)?;
        let (headers, content) = (&part[..length], &part[length + 4..]);
        if content.starts_with(line) {
            return Err(BOUNDARY);
        }
        let end = delimiter.find(content).ok_or(WHOLE)?;
        let bytes = content[..end].strip_suffix(b"\r").ok_or(BOUNDARY)?;
        let (name, file_name, media_type) = head(headers)?;
        let file = FilePart { name: file_name, media_type, bytes: body.slice_ref(bytes) };
        parts.push(BodyPart { name, file });
        rest = &content[end + 1 + line.len()..];
    }
}

/// Reads the head of a part: its name, that of its file, and the media type that its sender says it has.
fn head(headers: &[u8]) -> Result<(String, Option<String>, Option<String>), Malformed> {
    let [mut disposition, mut media_type, mut encoding] = [None; 3];
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
    if encoding.is_some_and(|stated| !plain.iter().any(|plain| stated.eq_ignore_ascii_case(plain)))
    {
        return Err(ENCODED);
    }
    let disposition = disposition.and_then(|value| std::str::from_utf8(value).ok());
    let (name, file_name) = disposition.and_then(names).ok_or(FORM_DATA)?;
    // What is no text is no media type, and so not that of the content.
    let text = |value: &[u8]| std::str::from_utf8(value).unwrap_or("?").to_owned();
    Ok((name, file_name, media_type.map(text)))
}

/// Reads one line as a name and a value, which is visible characters, spaces and tabs (RFC 9110, section 5.5).
fn header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    let fits = |byte: &u8| *byte == b'\t' || !byte.is_ascii_control();
    (!name.is_empty() && name.iter().all(is_token) && value.iter().all(fits))
        .then(|| (name, value.trim_ascii()))
}

/// Reads `form-data; name="…"; filename="…"` to its end. `name*` and `filename*` are not for uploads (RFC 7578, section
/// 4.2), and whatever else would stand here means something to somebody.
fn names(disposition: &str) -> Option<(String, Option<String>)> {
    let (kind, mut rest) = token(disposition);
    if !kind.eq_ignore_ascii_case("form-data") {
        return None;
    }
    let [mut name, mut file_name] = [None; 2];
    while !rest.is_empty() {
        let parameter = rest.trim_ascii_start().strip_prefix(';')?.trim_ascii_start();
        let (attribute, value) = token(parameter);
        let value = value.strip_prefix('=')?;
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').filter(|(text, _)| !text.contains('\\'))?,
            None => Some(token(value)).filter(|(text, _)| !text.is_empty())?,
        };
        let place = match attribute.to_ascii_lowercase().as_str() {
            "name" => &mut name,
            "filename" => &mut file_name,
            _ => return None,
        };
        if place.replace(value).is_some() {
            return None;
        }
        rest = after;
    }
    Some((name.filter(|name| !name.is_empty())?.to_owned(), file_name.map(str::to_owned)))
}

/// Returns the token that a text begins with (RFC 9110, section 5.6.2), and the rest.
fn token(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !is_token(&byte)).unwrap_or(text.len());
    text.split_at(end)
}

fn is_token(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    // R95
    #[test]
    fn names_are_read_in_one_way_or_not_at_all() {
        let read = |text: &str| names(&format!("form-data; {text}"));
        let pair =
            |name: &str, file: Option<&str>| Some((name.to_owned(), file.map(str::to_owned)));
        assert_eq!(read("name=\"a\""), pair("a", None));
        assert_eq!(read("name=a;filename=b.txt"), pair("a", Some("b.txt")));
        assert_eq!(read("FileName=\"\" ; NAME=\"Größe\""), pair("Größe", Some("")));
        // What looks like a parameter inside of a name is a part of it.
        assert_eq!(
            read("filename=\"; name=b; x.txt\"; name=\"a\""),
            pair("a", Some("; name=b; x.txt"))
        );
        assert_eq!(read("filename=\" name=b\""), None, "that has no name at all");
        for wrong in [
            "",
            "name",
            "name=",
            "name=\"\"",
            "name=\"a",
            "name = \"a\"",
            "name=\"a\";",
            "name=\"a\" x",
            "name=\"a\"; name=\"b\"",
            "name=\"a\"; NAME=a",
            "name=\"a\"; filename=\"b\"; filename=\"c\"",
            "name=\"a\"; filename*=UTF-8''b",
            "name*=UTF-8''a",
            "name=\"a\"; size=3",
            "name=\"a\\\"\"; filename=\"b\"",
            "name=\"a\"; filename=\"\\\"; name=\\\"b\"",
            "name=\"a\"filename=\"b\"",
            "name=\"a\", filename=\"b\"",
            "name=a b",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(names("attachment; name=\"a\""), None);
        assert_eq!(names("form-data-x; name=\"a\""), None);
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
