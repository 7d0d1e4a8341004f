//! Archives and disk images inside of a file that is something else as well.
//!
//! Most programs find an archive wherever it begins, since programs that unpack themselves stand before one, and those of ZIP
//! look for it from the end. They differ in what they check; here an archive is what one of them opens.

mod cpio;
mod disk;
mod tar;

use memchr::memmem;

/// The distance from the end of a file at which readers of ZIP look for the end record: 22 bytes and a comment of 65 535,
/// which some round up.
const ZIP_END: usize = 66_000;

/// Returns `true` if a reader of archives or disk images finds one in it, with any bytes before and after.
pub(super) fn holds_archive(bytes: &[u8]) -> bool {
    MARKS.iter().any(|mark| memmem::find(bytes, mark).is_some())
        || is_zip(bytes)
        || has_lha(bytes)
        || has_arj(bytes)
        || tar::has_tar(bytes)
        || cpio::has_cpio(bytes)
        || disk::is_disk(bytes)
        || begins_archive(bytes)
        // FreeArc looks for its directory near the end, ACE for its name near the beginning.
        || memmem::find(&bytes[bytes.len().saturating_sub(4096)..], b"ArC\x01").is_some()
        || memmem::find(bytes, b"**ACE**").is_some_and(|place| place >= 7)
}

/// Letters that some reader looks for anywhere: RAR, 7z, cabinets, archives of PHP, WIM, XAR, ZPAQ, NSIS, XZ and BZIP2.
const MARKS: &[&[u8]] = &[
    b"Rar!\x1A\x07",
    b"7z\xBC\xAF\x27\x1C",
    b"MSCF\0\0\0\0",
    b"__HALT_COMPILER();",
    b"MSWIM\0\0\0",
    b"xar!\0\x1C\0",
    b"7kSt\xA01\x83\xD3\x8C\xB2",
    b"\xEF\xBE\xAD\xDENullsoftInst",
    b"\xFD7zXZ\0\0",
    b"1AY&SY",
];

/// Letters at the beginning of a text: archives of the web, of libraries, lists of files, and scripts that unpack themselves.
const FIRST: &[&[u8]] =
    &[b"WARC/", b"!<arch>", b"!<thin>", b"#mtree", b"# This is a shell archive"];

/// Returns `true` if an archive begins with these bytes whose letters could be anything where a text goes on.
pub(super) fn begins_archive(bytes: &[u8]) -> bool {
    FIRST.iter().any(|mark| bytes.starts_with(mark))
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

/// Returns `true` for an ARJ: a header with a length in use and with its own check sum. Headers that may be some overlap only
/// where somebody made them do so. Such a file would cost the square of its length, and is refused.
fn has_arj(bytes: &[u8]) -> bool {
    let mut left = bytes.len();
    memmem::find_iter(bytes, b"\x60\xEA").any(|place| {
        let rest = &bytes[place + 2..];
        let Some((length, rest)) = rest.split_first_chunk::<2>() else { return false };
        let length = usize::from(u16::from_le_bytes(*length));
        let Some((header, sum)) = rest.split_at_checked(length) else { return false };
        if !(30..=2600).contains(&length) {
            return false;
        }
        let Some(rest) = left.checked_sub(length) else { return true };
        left = rest;
        sum.first_chunk().is_some_and(|sum| u32::from_le_bytes(*sum) == check_sum(header))
    })
}

/// Returns the check sum of ARJ (CRC-32 of ISO 3309).
fn check_sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(sum & 1))
        })
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
            at(0xD001, b"CD001\xFF"),
            at(0x8009, b"CDROM\x01"),
            at(0x8801, b"NSR03\x01"),
            png(&disk, b""),
            png(&[b"conectix", &[0; 512 - 8 - 16][..]].concat(), b""),
            at(0x40, b"\x7F\x10\xDA\xBE"),
            at(510, b"\x55\xAAEFI PART\0\0\x01\0"),
            at(0x10040, b"_BHRfS_M"),
            png(b"MSWIM\0\0\0\xD0", b""),
            png(b"xar!\0\x1C\0\x01", b""),
            png(b"\0\0\0**ACE**\x14", b""),
            png(b"ArC\x01\0", b""),
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

    // R95: its check sum is the one that any other program makes.
    #[test]
    fn an_archive_of_arj_has_its_check_sum() {
        assert_eq!(super::check_sum(b"123456789"), 0xCBF4_3926);
        let header = [&[30, 11, 1, 0, 0, 0, 2][..], &[0; 23], b"a.arj\0\0"].concat();
        let length = (header.len() as u16).to_le_bytes();
        let sum = super::check_sum(&header).to_le_bytes();
        let arj = [b"\x60\xEA", &length[..], &header, &sum].concat();
        assert_eq!(FileKind::of(&png(&arj, b"")), None);
        assert_eq!(FileKind::of(&png(&arj[..arj.len() - 1], b"")), Some(FileKind::Png));
        // Headers that overlap are no picture's. Were each one summed, this would take half a minute.
        assert_eq!(FileKind::of(&png(&b"\x60\xEA\x28\x0A".repeat(1_300_000), b"")), None);
    }
}
