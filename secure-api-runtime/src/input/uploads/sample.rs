//! Small pictures of each form, for tests.

pub(super) fn png(content: &[u8], after: &[u8]) -> Vec<u8> {
    let chunk = |name: &[u8], content: &[u8]| {
        [&(content.len() as u32).to_be_bytes()[..], name, content, &[0; 4]].concat()
    };
    let start = b"\x89PNG\r\n\x1a\n".to_vec();
    let content = chunk(b"tEXt", content);
    [start, chunk(b"IHDR", &[0; 13]), content, chunk(b"IEND", b""), after.to_vec()].concat()
}

/// Makes a JPEG: a comment, a scan with an escape and a new beginning, and the end.
pub(super) fn jpeg(comment: &[u8]) -> Vec<u8> {
    let length = (comment.len() as u16 + 2).to_be_bytes();
    let scan = b"\xFF\xDA\x00\x02ab\xFF\x00c\xFF\xD0d\xFF\xFF\xD9";
    [&b"\xFF\xD8\xFF\xFE"[..], &length, comment, scan].concat()
}

/// Makes a GIF: two colors, a comment, an image, and the end.
pub(super) fn gif(comment: &[u8]) -> Vec<u8> {
    let screen = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xFE";
    let image = b"\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;";
    [&screen[..], &[comment.len() as u8], comment, image].concat()
}

pub(super) fn webp(length: u32, chunks: &[u8]) -> Vec<u8> {
    [b"RIFF", &length.to_le_bytes()[..], b"WEBP", chunks].concat()
}
