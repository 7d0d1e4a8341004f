//! The parts of an upload, and files that are just what their media type says.

use super::draft::Part;

/// The media type of an upload, with the boundary.
pub(super) const TYPE: &str = "multipart/form-data; boundary=verify-boundary";

/// A file that is a page, whatever it says of itself.
pub(super) const PAGE: &[u8] = b"<!DOCTYPE html><script>alert(1)</script>";

/// The beginning of an archive with one file, which a reader finds behind anything.
pub(super) const ARCHIVE: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0aPK\x05\x06\0\0\0\0\x01\0\x01\0\x2F\0\0\0\x21\0\0\0\0\0";

/// The media types of files of which one is another kind than any that is taken alone.
pub(super) const TYPES: [&str; 4] = ["image/gif", "image/webp", "image/png", "text/plain"];

/// Returns the body of an upload, its parts as they are, whatever stands in their names.
pub(super) fn written(parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for Part { field, file, content } in parts {
        let mut head =
            format!("--verify-boundary\r\nContent-Disposition: form-data; name=\"{field}\"");
        if let Some((name, media)) = file {
            head.push_str(&format!("; filename=\"{name}\"\r\nContent-Type: {media}"));
        }
        for piece in [head.as_bytes(), b"\r\n\r\n", content, b"\r\n"] {
            body.extend_from_slice(piece);
        }
    }
    body.extend_from_slice(b"--verify-boundary--\r\n");
    body
}

/// Returns a small file of a media type that is at least so long; none of one that is not known here.
pub(super) fn sample(media: &str, least: usize) -> Option<Vec<u8>> {
    let filler = |around: usize| vec![b'a'; least.saturating_sub(around)];
    Some(match media {
        "text/plain" => [b"Tea and milk", &filler(12)[..]].concat(),
        "image/png" => {
            let chunk = |name: &[u8], content: &[u8]| {
                let length = u32::try_from(content.len()).unwrap_or_default();
                [&length.to_be_bytes()[..], name, content, &[0; 4]].concat()
            };
            let content = chunk(b"tEXt", &filler(57));
            [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &[0; 13]), &content, &chunk(b"IEND", b"")]
                .concat()
        }
        "image/jpeg" => {
            let mut file = b"\xFF\xD8".to_vec();
            for comment in filler(18).chunks(60_000) {
                let length = u16::try_from(comment.len() + 2).unwrap_or_default();
                file.extend([&b"\xFF\xFE"[..], &length.to_be_bytes(), comment].concat());
            }
            [&file[..], b"\xFF\xDA\x00\x02ab\xFF\x00c\xFF\xD0d\xFF\xFF\xD9"].concat()
        }
        "image/gif" => {
            let mut file = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xFE".to_vec();
            for comment in filler(39).chunks(255) {
                file.push(u8::try_from(comment.len()).unwrap_or_default());
                file.extend_from_slice(comment);
            }
            [&file[..], b"\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;"].concat()
        }
        "image/webp" => {
            let mut content = [b"abcd", &filler(24)[..]].concat();
            content.resize(content.len().next_multiple_of(2), b'a');
            let length = u32::try_from(content.len()).unwrap_or_default();
            let whole = length.saturating_add(12).to_le_bytes();
            [&b"RIFF"[..], &whole, b"WEBPVP8L", &length.to_le_bytes(), &content].concat()
        }
        "application/pdf" => [b"%PDF-1.7\n", &filler(16)[..], b"\n%%EOF\n"].concat(),
        _ => return None,
    })
}

/// Returns a name that a file of a media type can have.
pub(super) fn name(media: &str) -> &'static str {
    match media {
        "image/png" => "a.png",
        "image/jpeg" => "a.jpg",
        "image/gif" => "a.gif",
        "image/webp" => "a.webp",
        "application/pdf" => "a.pdf",
        _ => "a.txt",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::FileKind;

    #[test]
    fn a_sample_is_of_its_kind_and_as_long_as_it_is_to_be() {
        for kind in FileKind::ALL {
            for least in [0, 100, 1001, 70_001] {
                let file = sample(kind.media_type(), least).expect("a kind that is known");
                assert_eq!(FileKind::of(&file), Some(*kind), "{least}");
                assert!(
                    (least..least + 600).contains(&file.len()) || least == 0,
                    "{kind:?} {least}"
                );
                assert!(kind.agrees_with_name(name(kind.media_type())));
            }
        }
    }
}
