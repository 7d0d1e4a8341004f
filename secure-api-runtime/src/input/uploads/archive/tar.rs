//! Archives of tar, in every form since Unix V7: of what has no letters of its own, a header is known by its check sum.

/// The length of a header, and of what a file is filled up to.
const BLOCK: usize = 512;

/// The place of the length of a file in its header.
const SIZE: std::ops::Range<usize> = 124..136;

/// The place of the check sum in a header.
const SUM: std::ops::Range<usize> = 148..156;

/// Returns `true` if one of the blocks is the header of a file: a reader skips those before it that are none. The letters of
/// later forms in the first one are enough, whatever its check sum.
pub(super) fn has_tar(bytes: &[u8]) -> bool {
    bytes.get(257..).is_some_and(|rest| rest.starts_with(b"ustar"))
        || bytes.chunks_exact(BLOCK).any(is_header)
}

/// Returns `true` if the check sum that a block states is its own: the sum of its bytes, with blanks in place of the sum.
/// Old programs took the bytes as signed, by which a sum of one digit is there by chance in some pictures; without a length, no
/// program reads on.
fn is_header(block: &[u8]) -> bool {
    let Some(stated) = block.get(SUM).and_then(number) else { return false };
    let blanks = i64::from(b' ') * SUM.len() as i64;
    let without = |value: fn(u8) -> i64| {
        let sum = |bytes: &[u8]| bytes.iter().map(|byte| value(*byte)).sum::<i64>();
        sum(block) - sum(&block[SUM]) + blanks
    };
    let sized = block.get(SIZE).is_some_and(|size| {
        number(size).is_some() || size.iter().all(|byte| matches!(byte, 0 | b' '))
    });
    sized
        && (stated == without(i64::from) || stated == without(|byte| i64::from(byte.cast_signed())))
}

/// Reads a number as tar does: octal digits after blanks and before one or NUL, or binary after a set bit.
fn number(field: &[u8]) -> Option<i64> {
    if let [0x80, bytes @ ..] = field {
        return i64::try_from(bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))).ok();
    }
    let digits = field.strip_prefix(b"\0").unwrap_or(field).trim_ascii_start();
    let count = digits.iter().take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    let ends = digits.get(count).is_none_or(|byte| *byte == 0 || byte.is_ascii_whitespace());
    let value = digits.iter().take(count).fold(0, |sum, digit| sum * 8 + i64::from(digit - b'0'));
    (count > 0 && ends).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{FileKind, uploads::sample::png};

    /// Makes a header of a file without content, of these letters at 257, and with its sum written so.
    fn header(filling: u8, magic: &[u8], written: fn(u32) -> String) -> Vec<u8> {
        let mut block = vec![filling; BLOCK];
        block[..7].copy_from_slice(b"evil.sh");
        block[100..156]
            .copy_from_slice(b"0000644 0000000 0000000 00000000000 00000000000         ");
        block[156] = b'0';
        block[257..257 + magic.len()].copy_from_slice(magic);
        let sum = written(block.iter().copied().map(u32::from).sum());
        block[148..148 + sum.len()].copy_from_slice(sum.as_bytes());
        block
    }

    // R95
    #[test]
    fn no_form_of_tar_is_an_image_or_a_text() {
        let sums: [fn(u32) -> String; 4] = [
            |sum| format!("{sum:07o} "),
            |sum| format!("{sum:06o}\0 "),
            |sum| format!(" {sum:o}\0"),
            |sum| format!("{sum:08o}"),
        ];
        for magic in [&b""[..], b"ustar\x0000", b"ustar  \0"] {
            for written in sums {
                let tar = header(0, magic, written);
                // In a chunk that begins where a block does, and with blocks before it that are none.
                for blocks in [1, 2, 40] {
                    let before = vec![7; blocks * BLOCK - 8 - 25 - 8];
                    let image = png(&[&before[..], &tar].concat(), b"");
                    assert_eq!(FileKind::of(&image), None, "{magic:?} {blocks}");
                }
            }
        }
        for blocks in [0, 1] {
            let text = header(b'x', b"", |sum| format!("{sum:07o} "));
            let text = [b"a".repeat(blocks * BLOCK), text].concat();
            assert_eq!(FileKind::of(&text), None, "{blocks}");
            let mut other = text.clone();
            other[blocks * BLOCK] = b'E';
            assert_eq!(FileKind::of(&other), Some(FileKind::PlainText), "a sum of something else");
        }
    }

    // R95: bytes that stand for nothing have a sum too.
    #[test]
    fn a_sum_by_chance_is_no_header() {
        let mut block = vec![0; BLOCK];
        (block[0], block[1], block[148]) = (0x80, 0x85, b'5');
        assert!(is_header(&block), "its signed sum is 5");
        (block[SIZE.start], block[SIZE.start + 1]) = (0xFF, 1);
        assert!(!is_header(&block), "it has the same sum, and no length");
    }

    #[test]
    fn a_number_is_read_as_tar_does() {
        for (field, value) in [
            (&b"0001750 "[..], Some(1000)),
            (b"  1750\0 ", Some(1000)),
            (b"\x001750\0\0\0", Some(1000)),
            (b"\x80\0\0\0\0\0\x03\xE8", Some(1000)),
            (b"00001750", Some(1000)),
            (b"0001759 ", None),
            (b"        ", None),
            (b"\0\0\0\0\0\0\0\0", None),
        ] {
            assert_eq!(number(field), value, "{field:?}");
        }
    }
}
