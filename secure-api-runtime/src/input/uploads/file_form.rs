//! The forms of files, from the first byte to the last.
//!
//! Only as much is read as tells where a file ends, and how large its images are: lengths, and what they lead to. What the pieces
//! hold is not looked at.

use memchr::memmem;

use super::pixels::Pixels;

/// Skips a number of bytes, and returns the rest.
fn skip(bytes: &[u8], count: usize) -> Option<&[u8]> {
    bytes.get(count..)
}

/// Returns `true` for a PNG: chunk by chunk up to `IEND`, with which the file ends (PNG, section 5).
pub(in crate::input) fn is_png(bytes: &[u8], pixels: &mut Pixels) -> bool {
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return false };
    let mut first = true;
    // Length, type, content, check sum.
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let Some((name, after)) = after.split_first_chunk::<4>() else { return false };
        pixels.of_png(name, after);
        let length = u32::from_be_bytes(*length) as usize;
        let Some(after) = length.checked_add(4).and_then(|skipped| skip(after, skipped)) else {
            return false;
        };
        if first && name != b"IHDR" {
            return false;
        }
        if name == b"IEND" {
            return after.is_empty();
        }
        (first, rest) = (false, after);
    }
    false
}

/// Returns `true` for a JPEG: one image, or several of which the first is shown, as cameras write a preview or a map of
/// brightness (CIPA DC-007).
pub(in crate::input) fn is_jpeg(bytes: &[u8], pixels: &mut Pixels) -> bool {
    let mut rest = bytes;
    while let Some(after) = after_jpeg(rest, pixels) {
        if after.is_empty() {
            return true;
        }
        rest = after;
    }
    false
}

/// Returns the bytes after one JPEG image, read segment by segment up to its end (ITU-T T.81, annex B).
fn after_jpeg<'b>(bytes: &'b [u8], pixels: &mut Pixels) -> Option<&'b [u8]> {
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    loop {
        rest = rest.strip_prefix(b"\xFF")?;
        while let Some(filled) = rest.strip_prefix(b"\xFF") {
            rest = filled;
        }
        let (marker, segment) = rest.split_first()?;
        match marker {
            0xD9 => return Some(segment),
            // These have no length, and no place between segments.
            0x00 | 0x01 | 0xD0..=0xD8 => return None,
            _ => {}
        }
        pixels.of_jpeg(*marker, segment);
        let length = usize::from(u16::from_be_bytes(*segment.first_chunk()?));
        rest = skip(segment, length).filter(|_| length >= 2)?;
        if *marker == 0xDA {
            rest = after_scan(rest)?;
        }
    }
}

/// Skips a scan up to the next marker. Those that begin it anew, and an escaped 0xFF, are in it.
fn after_scan(scan: &[u8]) -> Option<&[u8]> {
    let mut rest = scan;
    loop {
        rest = skip(rest, memchr::memchr(0xFF, rest)?)?;
        match rest.get(1)? {
            0x00 | 0xD0..=0xD7 => rest = skip(rest, 2)?,
            0xFF => rest = skip(rest, 1)?,
            _ => return Some(rest),
        }
    }
}

/// Returns `true` for a GIF: block by block up to the trailer (GIF89a, section 17).
pub(in crate::input) fn is_gif(bytes: &[u8], pixels: &mut Pixels) -> bool {
    let screen = bytes.strip_prefix(b"GIF87a").or_else(|| bytes.strip_prefix(b"GIF89a"));
    screen.and_then(|screen| after_gif(screen, pixels)).is_some_and(<[u8]>::is_empty)
}

fn after_gif<'b>(screen: &'b [u8], pixels: &mut Pixels) -> Option<&'b [u8]> {
    pixels.of_gif(screen);
    let mut rest = after_colors(skip(screen, 7)?, screen[4])?;
    loop {
        let (block, after) = rest.split_first()?;
        let blocks = match block {
            b';' => return Some(after),
            // An extension, and what it is.
            b'!' => skip(after, 1)?,
            // An image: its place and colors, and how wide its codes are.
            b',' => {
                pixels.of_gif(skip(after, 4)?);
                skip(after_colors(skip(after, 9)?, after[8])?, 1)?
            }
            _ => return None,
        };
        rest = after_blocks(blocks)?;
    }
}

/// Skips a table of colors, which is as long as some flags say.
fn after_colors(bytes: &[u8], flags: u8) -> Option<&[u8]> {
    if flags & 0x80 == 0 { Some(bytes) } else { skip(bytes, 6 << (flags & 7)) }
}

fn after_blocks(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes;
    loop {
        let (length, block) = rest.split_first()?;
        rest = skip(block, usize::from(*length))?;
        if *length == 0 {
            return Some(rest);
        }
    }
}

/// Returns `true` for a WebP: its RIFF container is as long as it says, and so are the chunks in it, each of which is
/// filled up to an even length (RFC 9649, section 2).
pub(in crate::input) fn is_webp(bytes: &[u8], pixels: &mut Pixels) -> bool {
    let chunks = || {
        let (length, content) = bytes.strip_prefix(b"RIFF")?.split_first_chunk::<4>()?;
        let chunks = content.strip_prefix(b"WEBP")?;
        (u32::from_le_bytes(*length) as usize == content.len()).then_some(chunks)
    };
    let Some(mut rest) = chunks() else { return false };
    let mut images = 0;
    while let Some((name, after)) = rest.split_first_chunk::<4>() {
        let Some((length, after)) = after.split_first_chunk::<4>() else { return false };
        let length = u32::from_le_bytes(*length) as usize;
        pixels.of_webp(name, after.get(..length).unwrap_or_default());
        let Some(after) = length.checked_add(length % 2).and_then(|filled| skip(after, filled))
        else {
            return false;
        };
        images += usize::from(matches!(name, b"VP8 " | b"VP8L" | b"ANMF"));
        rest = after;
    }
    rest.is_empty() && images > 0
}

/// Returns `true` if a PDF begins at the first byte, where readers would search further, and ends with its trailer.
pub(in crate::input) fn is_pdf(bytes: &[u8]) -> bool {
    let end = bytes.trim_ascii_end();
    bytes.starts_with(b"%PDF-") && end.ends_with(b"%%EOF")
}

/// Returns `true` if a reader of PDF or PostScript may accept it: many search the first 1024 bytes for its beginning, and
/// some all of it.
pub(in crate::input) fn reads_as_pdf(bytes: &[u8]) -> bool {
    ["%PDF-", "%FDF-", "%!PS-Adobe-"]
        .iter()
        .any(|start| memmem::find(bytes, start.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use crate::input::{
        FileKind,
        uploads::sample::{gif, jpeg, png, webp},
    };

    // R95
    #[test]
    fn a_kind_is_whole() {
        assert_eq!(FileKind::of(&png(b"", b"")), Some(FileKind::Png));
        assert_eq!(FileKind::of(&jpeg(b"tea")), Some(FileKind::Jpeg));
        assert_eq!(FileKind::of(&jpeg(b"").repeat(2)), Some(FileKind::Jpeg));
        assert_eq!(FileKind::of(&gif(b"tea")), Some(FileKind::Gif));
        let chunk = b"VP8L\x03\0\0\0abc\0";
        assert_eq!(FileKind::of(&webp(16, chunk)), Some(FileKind::WebP));
        assert_eq!(FileKind::of(b"%PDF-1.7\n1 0 obj\n%%EOF\n"), Some(FileKind::Pdf));
        for wrong in [
            png(b"", b"PK\x03\x04"),
            png(b"", b"")[..50].to_vec(),
            b"\x89PNG\r\n\x1a\n".to_vec(),
            webp(17, chunk),
            webp(16, b"VP8L\x05\0\0\0abc\0"),
            webp(4, b""),
            webp(12, b"EXIF\0\0\0\0"),
            b"MZ %PDF-1.7\n%%EOF".to_vec(),
            // What only ends like an image.
            b"GIF89a/*<script>alert(1)</script>".to_vec(),
            b"GIF89a/*......*/=1;alert(document.domain);".to_vec(),
            b"\xFF\xD8\xFF\xE0....PK\x05\x06".to_vec(),
            b"\xFF\xD8\xFF\xE0<?php system(1);?>\xFF\xD9".to_vec(),
            [&jpeg(b"")[..], b"PK\x03\x04 an archive, and a comment \xFF\xD9"].concat(),
            [&gif(b"")[..], b"alert(1);"].concat(),
        ] {
            assert_eq!(FileKind::of(&wrong), None, "{}", String::from_utf8_lossy(&wrong));
        }
    }

    // R95
    #[test]
    fn an_image_is_nothing_else() {
        let zip = b"PK\x05\x06\0\0\0\0\x01\0\x01\0....";
        for another in [&zip[..], b"Rar!\x1A\x07\x01\0", b"7z\xBC\xAF\x27\x1C\0\x04", b"%PDF-1.7"] {
            let chunk = [b"VP8 \x14\0\0\0", another, &[0; 20]].concat();
            for kind in [png(another, b""), jpeg(another), gif(another), webp(32, &chunk[..28])] {
                assert_eq!(FileKind::of(&kind), None, "{}", String::from_utf8_lossy(&kind));
            }
        }
        assert_eq!(FileKind::of(&png(&[&[b' '; 9000][..], b"%PDF-1.7"].concat(), b"")), None);
        let pdf = [b"%PDF-1.7\n", &zip[..], b"\n%%EOF"].concat();
        assert_eq!(FileKind::of(&pdf), None);
        // These letters alone are no archive.
        let letters = b"PK\x05\x06 Rar! 7z PK\x03\x04 MSCF -lh5 (-lhs-) CD001 koly ustar";
        assert_eq!(FileKind::of(&png(letters, b"")), Some(FileKind::Png));
    }

    #[test]
    fn whatever_is_cut_or_changed_nothing_panics() {
        for whole in [png(b"tea", b""), jpeg(b"tea"), gif(b"tea"), webp(12, b"VP8 \0\0\0\0")] {
            let kind = FileKind::of(&whole);
            assert!(kind.is_some(), "{whole:?}");
            for end in 0..whole.len() {
                assert_ne!(FileKind::of(&whole[..end]), kind, "{end} of {whole:?}");
                for byte in [0, 1, 0x7F, 0x80, 0xFF] {
                    let mut changed = whole.clone();
                    changed[end] = byte;
                    let _ = FileKind::of(&changed);
                }
            }
        }
    }
}
