//! Logarithm, power and chance, the same to the last bit on every machine.
//!
//! A library's logarithm differs by its version in the last place, and a threshold turns that into another decision. These use
//! nothing but what IEEE 754 rounds exactly, so the figures of the simulation can be compared byte by byte.

use std::f64::consts::{LN_2, SQRT_2};

/// Returns the natural logarithm of 1 + x, for an x of 0 or more.
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    ln(1.0 + x.max(0.0))
}

/// Returns the natural logarithm of a positive, finite number.
#[must_use]
pub fn ln(x: f64) -> f64 {
    // The number is m · 2^e, with m between the roots of a half and of two.
    let bits = x.max(f64::MIN_POSITIVE).to_bits();
    let mut exponent = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mut mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    if mantissa > SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let square = z * z;
    let mut sum = 0.0;
    for odd in (0..12_u32).rev() {
        sum = sum * square + 1.0 / f64::from(2 * odd + 1);
    }
    2.0 * z * sum + exponent as f64 * LN_2
}

/// Returns two to the power of x, for an x of 0 or less. Below -1000 that is 0.
#[must_use]
pub fn exp2(x: f64) -> f64 {
    if x < -1000.0 {
        return 0.0;
    }
    let whole = x.floor();
    let rest = (x - whole) * LN_2;
    let mut sum = 1.0;
    for term in (1..=18_u32).rev() {
        sum = 1.0 + sum * rest / f64::from(term);
    }
    sum * f64::from_bits(((1023 + whole as i64) as u64) << 52)
}

/// Chance, from a seed: xoshiro256** by Blackman and Vigna.
#[derive(Debug, Clone)]
pub struct Chance {
    state: [u64; 4],
    /// The second of two normal numbers, which are made together.
    spare: Option<f64>,
}

impl Chance {
    /// Creates the chance of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut at = seed;
        let state = std::array::from_fn(|_| {
            at = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
            mixed(at)
        });
        Self { state, spare: None }
    }

    /// Returns the next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let next = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        next
    }

    /// Returns a number from 0 up to, and without, 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Returns a number below `count`, which is not 0.
    pub fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(count.max(1))) >> 64) as u64
    }

    /// Returns `true` with this probability.
    pub fn is(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Returns a wait whose mean is this, as between events that do not know of one another.
    pub fn wait(&mut self, mean: f64) -> f64 {
        -mean * ln(1.0 - self.unit())
    }

    /// Returns a number of the standard normal distribution, by Marsaglia's polar method.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let factor = (-2.0 * ln(square) / square).sqrt();
                self.spare = Some(y * factor);
                return x * factor;
            }
        }
    }
}

/// Returns a number whose bits all depend on all bits of this one.
#[must_use]
pub fn mixed(number: u64) -> u64 {
    let mut z = number;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithm_and_power_are_those_of_the_library() {
        for x in [1e-9, 0.3, 0.5, 1.0, 1.4, 2.0, 3.7, 1e3, 1e12] {
            assert!((ln(x) - x.ln()).abs() <= 1e-14 * x.ln().abs().max(1.0), "{x}");
        }
        for x in [0.0, -0.1, -0.5, -1.0, -7.3, -60.0, -900.0] {
            assert!((exp2(x) / x.exp2() - 1.0).abs() < 1e-14, "{x}");
        }
        assert_eq!((exp2(-1001.0), ln_1p(0.0), ln_1p(-3.0)), (0.0, 0.0, 0.0));
    }

    #[test]
    fn chance_is_that_of_its_seed() {
        let mut one = Chance::new(7);
        let mut other = Chance::new(7);
        assert!((0..100).all(|_| one.bits() == other.bits()));
        assert_ne!(Chance::new(8).bits(), Chance::new(7).bits());
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..100_000 {
            let x = one.normal();
            sum += x;
            squares += x * x;
        }
        assert!((sum / 1e5).abs() < 0.02 && (squares / 1e5 - 1.0).abs() < 0.02);
        assert!((0..1000).all(|_| one.below(3) < 3));
    }
}
