//! The slots of a cluster: the CRC-16 of a hash tag, of which the lowest 14 bits count.

use crate::chance::mixed;

/// The slots of a cluster.
pub const SLOTS: usize = 16_384;

/// Returns the slot of a name: its tag is the Base64 of eight bytes of a keyed hash.
pub fn of(kind: u64, caller: u64) -> usize {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    let hash = u128::from(mixed(caller ^ mixed(kind))) << 64;
    let tag = (0..11).map(|place| LETTERS[(hash >> (122 - 6 * place)) as usize & 63]);
    usize::from(crc16(tag)) % SLOTS
}

/// Returns the CRC-16/XMODEM of some bytes, as a cluster has it.
fn crc16(bytes: impl Iterator<Item = u8>) -> u16 {
    bytes.fold(0, |crc, byte| {
        let crc = crc ^ (u16::from(byte) << 8);
        (0..8).fold(crc, |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_is_that_of_the_standard() {
        assert_eq!(crc16(b"123456789".iter().copied()), 0x31c3);
    }

    #[test]
    fn callers_are_spread_over_all_slots() {
        let mut slots = vec![0_u32; SLOTS];
        (0..1_000_000).for_each(|caller| slots[of(0, caller)] += 1);
        let (least, most) = (slots.iter().min().copied(), slots.iter().max().copied());
        assert!(least > Some(25) && most < Some(110), "{least:?} {most:?}");
    }
}
