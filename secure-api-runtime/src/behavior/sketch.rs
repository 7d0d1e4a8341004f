//! Counting distinct keys in sixteen bytes.
//!
//! A key is one of 64 bits. A bit that is set for the first time counts as many keys as it took, on average, to find one that
//! was free: linear counting, as it goes. Bits are forgotten in two generations, so a key counts again after a while, and none
//! is forgotten sooner than after one generation.

use super::math::mixed;

/// A set of keys that can say, roughly, if it has seen one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sketch {
    now: u64,
    before: u64,
    /// The number of the generation that `now` is.
    generation: u32,
}

impl Sketch {
    /// Adds a key in a generation, and returns how many new ones it stands for: 0 if it was there.
    pub fn add(&mut self, key: u64, generation: u32) -> f32 {
        self.turn(generation);
        let bit = 1 << (mixed(key ^ 0x5bd1_e995_9d1d_a3a5) >> 58);
        let seen = self.now | self.before;
        self.now |= bit;
        if seen & bit != 0 {
            return 0.0;
        }
        // Of 64 bits `seen` are taken, so a new key finds a free one this rarely.
        64.0 / (64 - seen.count_ones()) as f32
    }

    /// Forgets what is older than one generation.
    fn turn(&mut self, generation: u32) {
        match generation.wrapping_sub(self.generation) {
            0 => return,
            1 => self.before = self.now,
            _ => self.before = 0,
        }
        self.now = 0;
        self.generation = generation;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R67 in part
    #[test]
    fn one_key_counts_once_and_many_count_as_many() {
        let mut sketch = Sketch::default();
        let mut of_one = 0.0;
        for _ in 0..100 {
            of_one += sketch.add(42, 1);
        }
        assert_eq!(of_one, 1.0);
        for many in [5_u32, 20, 60, 100] {
            let mut sum = 0.0;
            for round in 0..200_u64 {
                let mut sketch = Sketch::default();
                sum += (0..u64::from(many))
                    .map(|key| sketch.add(mixed(round << 32 | key), 1))
                    .sum::<f32>();
            }
            let share = sum / 200.0 / many as f32;
            assert!((0.9..1.1).contains(&share), "{many} distinct keys count as {share} of them");
        }
    }

    #[test]
    fn a_key_is_forgotten_after_one_generation_and_before_the_third() {
        let mut sketch = Sketch::default();
        assert_eq!(sketch.add(1, 1), 1.0);
        assert_eq!(sketch.add(1, 2), 0.0);
        // It was seen in the second, so the third knows it still.
        assert_eq!(sketch.add(1, 3), 0.0);
        assert_eq!(sketch.add(1, 5), 1.0);
    }
}
