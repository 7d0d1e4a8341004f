//! Images of disks and discs, which have their letters at places of their own.

/// The length of a sector of a disc.
const SECTOR: usize = 2048;

/// Letters at a place where systems and readers look for them: GPT and MBR, ext2 to ext4, HFS+, APFS, Btrfs, ReiserFS, JFS,
/// F2FS, cramfs, LVM, VDI and swap.
const PLACES: &[(usize, &[u8])] = &[
    (32, b"NXSB"),
    (0x40, b"\x7F\x10\xDA\xBE"),
    (512, b"EFI PART"),
    (512, b"LABELONE"),
    (528, b"Compressed ROMFS"),
    (1024, b"H+\0\x04"),
    (1024, b"HX\0\x05"),
    (1024, b"\x10\x20\xF5\xF2"),
    (4096, b"EFI PART"),
    (4086, b"SWAPSPACE2"),
    (0x2034, b"ReIsEr"),
    (0x8000, b"JFS1"),
    (0x10034, b"ReIsEr"),
    (0x10040, b"_BHRfS_M"),
];

/// Returns `true` if a system or a reader finds a disk or disc in it.
pub(super) fn is_disk(bytes: &[u8]) -> bool {
    let at = |place: usize, letters: &[u8]| {
        bytes.get(place..).is_some_and(|rest| rest.starts_with(letters))
    };
    // The descriptors of a disc stand one after the other: ISO 9660, High Sierra and UDF.
    let mut sectors = (16..116).map(|sector| sector * SECTOR);
    let from_end = |length: usize, letters: &[u8]| {
        bytes.len().checked_sub(length).is_some_and(|place| at(place, letters))
    };
    PLACES.iter().any(|(place, letters)| at(*place, letters))
        || sectors.any(|sector| {
            at(sector + 1, b"CD001") || at(sector + 1, b"NSR0") || at(sector + 9, b"CDROM")
        })
        || from_end(512, b"koly")
        || from_end(512, b"conectix")
        || from_end(511, b"conectix")
        || is_ext(bytes)
        || has_partitions(bytes)
}

/// Returns `true` for ext2, ext3 and ext4: two letters, a size of blocks and a revision that there are.
fn is_ext(bytes: &[u8]) -> bool {
    let Some(block) = bytes.get(1024..1024 + 80) else { return false };
    let number =
        |at: usize| block[at..].first_chunk().map_or(u32::MAX, |bytes| u32::from_le_bytes(*bytes));
    block[56..].starts_with(b"\x53\xEF") && number(24) <= 16 && number(76) <= 1
}

/// Returns `true` for a table of four partitions, of which one is in use.
fn has_partitions(bytes: &[u8]) -> bool {
    let Some(table) = bytes.get(446..512) else { return false };
    let (entries, end) = table.split_at(64);
    let entries = || entries.chunks_exact(16);
    end == b"\x55\xAA"
        && entries().all(|entry| entry[0] & 0x7F == 0)
        && entries().any(|entry| entry[4] != 0 && entry[12..] != [0; 4])
}

#[cfg(test)]
mod tests {
    use crate::input::{FileKind, uploads::sample::png};

    /// Makes an image with bytes at a place.
    fn at(place: usize, bytes: &[u8]) -> Vec<u8> {
        png(&[&vec![0; place - 8 - 25 - 8][..], bytes, &[0; 4096]].concat(), b"")
    }

    // R95
    #[test]
    fn an_image_is_no_disk() {
        let mut block = [0; 80];
        block[56..58].copy_from_slice(b"\x53\xEF");
        assert_eq!(FileKind::of(&at(1024, &block)), None, "ext2");
        block[76] = 1;
        assert_eq!(FileKind::of(&at(1024, &block)), None, "ext4");
        block[24..28].fill(0xFF);
        assert_eq!(FileKind::of(&at(1024, &block)), Some(FileKind::Png), "blocks of no size");

        let mut table = [0; 66];
        (table[0], table[4], table[12]) = (0x80, 0x83, 8);
        table[64..].copy_from_slice(b"\x55\xAA");
        assert_eq!(FileKind::of(&at(446, &table)), None, "a table of partitions");
        table[0] = 0x7F;
        assert_eq!(FileKind::of(&at(446, &table)), Some(FileKind::Png), "a flag that there is not");
    }
}
