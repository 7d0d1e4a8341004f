//! Archives of cpio, in their four forms. A reader skips whatever stands before the header of a file.

use memchr::memmem;

/// Returns `true` if the header of a file is somewhere in it.
pub(super) fn has_cpio(bytes: &[u8]) -> bool {
    let any = |magic: &[u8], is_header: fn(&[u8]) -> bool| {
        memmem::find_iter(bytes, magic).any(|place| is_header(&bytes[place + magic.len()..]))
    };
    any(b"070707", |rest| is_of(rest, 70, |byte| matches!(byte, b'0'..=b'7')))
        || any(b"070701", |rest| is_of(rest, 104, u8::is_ascii_hexdigit))
        || any(b"070702", |rest| is_of(rest, 104, u8::is_ascii_hexdigit))
        || any(b"\xC7\x71", |rest| is_binary(rest, u16::from_le_bytes))
        || any(b"\x71\xC7", |rest| is_binary(rest, u16::from_be_bytes))
}

/// Returns `true` if a header of so many digits follows.
fn is_of(rest: &[u8], length: usize, is_digit: fn(&u8) -> bool) -> bool {
    rest.get(..length).is_some_and(|header| header.iter().all(is_digit))
}

/// The length of the longest path that a file can be made at, with its NUL.
const LONGEST_PATH: usize = 4096;

/// Returns `true` if a binary header follows, with a kind of file that there is, a name that ends with NUL, and the content.
fn is_binary(rest: &[u8], number: fn([u8; 2]) -> u16) -> bool {
    let at = |place: usize| {
        rest.get(place..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| number(*bytes))
    };
    let name = usize::from(at(18));
    let size = usize::from(at(20)) << 16 | usize::from(at(22));
    // Of pipes, devices, folders, files, links and sockets.
    matches!(at(4) >> 12, 1 | 2 | 4 | 6 | 8 | 9 | 10 | 12)
        && (1..=LONGEST_PATH).contains(&name)
        && rest.get(24 + name - 1) == Some(&0)
        && rest.len() >= size.saturating_add(24 + name)
}

#[cfg(test)]
mod tests {
    use crate::input::{FileKind, uploads::sample::png};

    /// Makes a binary header of a file with two bytes.
    fn binary(number: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let header = [0o070_707, 1, 2, 0o100_755, 0, 0, 1, 0, 0, 0, 8, 0, 2].map(number);
        [header.as_flattened(), b"evil.sh\0hi"].concat()
    }

    // R95
    #[test]
    fn no_form_of_cpio_is_an_image_or_a_text() {
        let odc = format!("070707{}evil.sh\0", "0".repeat(70));
        let [newc, crc] =
            ["070701", "070702"].map(|magic| format!("{magic}{}evil.sh\0", "0000000A".repeat(13)));
        for cpio in [
            odc.as_bytes(),
            newc.as_bytes(),
            crc.as_bytes(),
            &binary(u16::to_le_bytes),
            &binary(u16::to_be_bytes),
        ] {
            assert_eq!(FileKind::of(&png(cpio, b"")), None);
            assert_eq!(FileKind::of(&png(&[b"junk", cpio].concat(), b"")), None);
        }
        let text = odc.trim_end_matches('\0');
        assert_eq!(FileKind::of(text.as_bytes()), None);
        assert_eq!(FileKind::of(format!("Tea\n{text}").as_bytes()), None);
        // Longer than any path is no name, and a chance that one picture in a hundred has.
        let mut long = binary(u16::to_le_bytes);
        long.splice(20..22, 4097_u16.to_le_bytes());
        long.resize(24 + 4097 + 4, 0);
        assert_eq!(FileKind::of(&png(&long, b"")), Some(FileKind::Png));
        long.splice(20..22, 4096_u16.to_le_bytes());
        assert_eq!(FileKind::of(&png(&long, b"")), None);
        for picture in [&b"070707 and 070701"[..], b"\xC7\x71", &binary(u16::to_le_bytes)[2..]] {
            assert_eq!(FileKind::of(&png(picture, b"")), Some(FileKind::Png));
        }
    }
}
