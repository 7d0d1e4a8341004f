//! Chance from a seed: SplitMix64.

/// A stream of numbers.
pub struct Chance(u64);

impl Chance {
    /// Begins the stream of a seed and a number.
    pub fn of(seed: u64, number: u64) -> Self {
        Self(mixed(seed ^ mixed(number)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// Returns a number below another.
    pub fn below(&mut self, end: u64) -> u64 {
        // The high half of a product: fair but for one in 2^32 and more.
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }
}

/// Returns a number of which no bit tells one of the given one.
pub fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
