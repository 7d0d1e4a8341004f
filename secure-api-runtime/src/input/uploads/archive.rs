//! Archives and disk images inside of a file that is something else as well.
//!
//! Most programs find an archive wherever it begins, since programs that unpack themselves stand before one, and those of ZIP
//! look for it from the end. They differ in what they check; here an archive is what one of them opens.

use memchr::memmem;

/// The distance from the end of a file at which readers of ZIP look for the end record: 22 bytes and a comment of 65 535,
/// which some round up.
const ZIP_END: usize = 66_000;

/// Returns `true` if a reader of archives or disk images finds one in it, with any bytes before and after.
pub(super) fn holds_archive(bytes: &[u8]) -> bool {
    let has = |letters: &[u8]| memmem::find(bytes, letters).is_some();
    let at = |place: usize, letters: &[u8]| {
        bytes.get(place..).is_some_and(|rest| rest.starts_with(letters))
    };
    // RAR, 7z, cabinets, and archives of PHP.
    has(b"Rar!\x1A\x07")
        || has(b"7z\xBC\xAF\x27\x1C")
        || has(b"MSCF\0\0\0\0")
        || has(b"__HALT_COMPILER();")
        || is_zip(bytes)
        || has_lha(bytes)
        // Tar, and the images of discs and disks: these stand at a place of their own, the last counted from the end.
        || at(257, b"ustar")
        || [0x8001, 0x8801, 0x9001].iter().any(|place| at(*place, b"CD001"))
        || bytes.len().checked_sub(512).is_some_and(|place| at(place, b"koly"))
}

/// Returns `true` for a ZIP: an end record with something to lead to, or the header of a file that a reader meets first.
fn is_zip(bytes: &[u8]) -> bool {
    let start = bytes.len().saturating_sub(ZIP_END);
    let near_end = &bytes[start..];
    // Four letters alone are there by chance in one of 65 000 pictures. Where there is no directory, and no place that could
    // be one, no reader finds anything, whatever the disk numbers say.
    let directory = memmem::find(bytes, b"PK\x01\x02").is_some();
    let leads_on = |place: usize| {
        let record = &near_end[place + 4..];
        let number = |at: usize| {
            let bytes = record.get(at..at + 4).and_then(|bytes| bytes.first_chunk());
            bytes.map_or(usize::MAX, |bytes| u32::from_le_bytes(*bytes) as usize)
        };
        record.starts_with(&[0; 4]) || number(8).max(number(12)) <= bytes.len()
    };
    memmem::find_iter(near_end, b"PK\x05\x06").any(|place| directory || leads_on(place))
        || memmem::find_iter(bytes, b"PK\x03\x04").any(|place| is_zip_entry(&bytes[place + 4..]))
}

/// Returns `true` if a version, a method of compression and the length of a name follow, as they are in use.
fn is_zip_entry(header: &[u8]) -> bool {
    let number = |at: usize| {
        let bytes = header.get(at..at + 2).and_then(|bytes| bytes.first_chunk());
        bytes.map_or(u16::MAX, |bytes| u16::from_le_bytes(*bytes))
    };
    let method = number(4);
    number(0) & 0xFF <= 63
        && (method <= 20 || (93..=99).contains(&method))
        && (1..=4096).contains(&number(22))
}

/// Returns `true` for an LHA: a method as `-lh5-`, and the level of a header.
fn has_lha(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, b"-lh").any(|place| {
        let rest = &bytes[place..];
        rest.get(3).is_some_and(|method| b"0123456789dx".contains(method))
            && rest.get(4) == Some(&b'-')
            && rest.get(18).is_some_and(|level| *level <= 3)
    })
}

#[cfg(test)]
mod tests {
    use crate::input::{
        FileKind,
        uploads::sample::{gif, jpeg, png},
    };

    /// Makes a ZIP with one file, and an end record as it is given.
    fn zip(end: &[u8]) -> Vec<u8> {
        let name = b"\x01\0\0\0ahi";
        let entry = [b"PK\x03\x04\x14\0\0\0\0\0", &[0; 16][..], name].concat();
        let directory = [b"PK\x01\x02\x14\0\x14\0", &[0; 38][..], b"a"].concat();
        [&entry[..], &directory, end].concat()
    }

    /// Makes an end record of these disks and this comment.
    fn end(disks: &[u8], comment: &[u8]) -> Vec<u8> {
        let length = (comment.len() as u16).to_le_bytes();
        let sizes = b"\x01\0\x01\0\x2F\0\0\0\x21\0\0\0";
        [b"PK\x05\x06", disks, sizes, &length, comment].concat()
    }

    // R95: whatever a reader does not check.
    #[test]
    fn an_image_holds_no_archive_of_any_reader() {
        let zip64 = b"PK\x06\x06\x2C\0\0\0\0\0\0\0PK\x06\x07\0\0\0\0PK\x05\x06";
        let at = |place: usize, letters: &[u8]| {
            // Behind the signature, the first chunk, and the head of the one that holds it.
            png(&[&vec![0; place - 8 - 25 - 8][..], letters].concat(), b"")
        };
        let disk = [b"koly", &[0; 512 - 4 - 16][..]].concat();
        for image in [
            png(&zip(&end(b"\0\0\0\0", b"")), b""),
            png(&zip(&end(b"\x01\0\0\0", b"")), b""),
            png(&zip(&end(b"\0\0\x01\0", b"")), b""),
            png(&zip(&end(b"\xFF\xFF\xFF\xFF", b"")), b""),
            png(&zip(&end(b"\x07\0\x09\0", &[b'c'; 60_000])), b""),
            png(&zip(&[&zip64[..], &[0xFF; 18]].concat()), b""),
            // A comment that is not as long as it says, a record that is cut, none at all.
            png(&zip(&[&end(b"\x01\0\0\0", b"")[..20], b"\xFF\xFF"].concat()), b""),
            png(&zip(&[&end(b"\x01\0\0\0", b"")[..], &[b'c'; 300]].concat()), b""),
            png(&zip(b"PK\x05\x06\x01\0"), b""),
            png(&zip(b""), b""),
            // A directory alone, as of an archive in several pieces, whose end says nothing that leads there.
            png(&[&zip(b"")[33..], b"PK\x05\x06", &[0xFF; 18]].concat(), b""),
            // The end record alone.
            png(&[&[0; 99][..], &end(b"\x01\0\0\0", b"")].concat(), b""),
            jpeg(&zip(&end(b"\x01\0\0\0", b""))),
            gif(&zip(&end(b"\x01\0\0\0", b""))),
            png(b"MSCF\0\0\0\0\x3A\0\0\0", b""),
            png(b"<?php __HALT_COMPILER(); ?>", b""),
            png(b"\x19\0-lh5-\x10\0\0\0\x10\0\0\0\0\0\0\0\x20\x01\0a", b""),
            at(257, b"ustar\x0000"),
            at(0x8001, b"CD001\x01"),
            at(0x8801, b"CD001\x01"),
            png(&disk, b""),
        ] {
            assert_eq!(FileKind::of(&image), None, "{}", String::from_utf8_lossy(&image));
        }
        for picture in [at(300, b"ustar"), at(0x8002, b"CD001"), png(&[0; 70_000], b"")] {
            assert_eq!(FileKind::of(&picture), Some(FileKind::Png));
        }
        // A text that a reader of PDF opens is none.
        assert_eq!(FileKind::of(b"Tea\n%PDF-1.4\n1 0 obj\n%%EOF\n"), None);
        assert_eq!(FileKind::of(b"Tea, as PDF"), Some(FileKind::PlainText));
    }
}
