//! A number of JSON as its text, from which each type reads just what it holds.

use hifijson::{SliceLexer, num::LexWrite};

/// A number as it was sent: a text of JSON's grammar (RFC 8259, section 6), of any size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'b>(&'b str);

/// A number, asked for a whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::input) enum Whole {
    /// The number is this one.
    Exactly(i128),
    /// The number is whole, and below or above all that 128 bits hold.
    Beyond { negative: bool },
    /// The number has a fraction.
    Not,
}

/// A number as digits, without zeros at either end, times a power of ten.
struct Digits {
    negative: bool,
    digits: String,
    exponent: i64,
}

/// Digits of the largest number of 128 bits.
const MOST_DIGITS: i64 = 39;

impl<'b> Number<'b> {
    /// Takes a text that the lexer has seen to be a number.
    pub(in crate::input) fn lexed(text: &'b str) -> Self {
        Self(text)
    }

    /// Reads a text that is a number and nothing else: without `+`, leading zeros, `inf` and `NaN`.
    pub(in crate::input) fn read(text: &'b str) -> Option<Self> {
        let mut lexer = SliceLexer::new(text.as_bytes());
        let (number, _) = lexer.num_string().validated().ok()?;
        lexer.as_slice().is_empty().then_some(Self(number))
    }

    /// Returns its text, as it was sent.
    pub(in crate::input) fn text(self) -> &'b str {
        self.0
    }

    /// Returns the whole number that it is: `2`, `2.0`, `20e-1` and `0.2e1` are one number.
    pub(in crate::input) fn whole(self) -> Whole {
        if let Ok(whole) = self.0.parse() {
            return Whole::Exactly(whole);
        }
        let Digits { negative, digits, exponent } = self.digits();
        if exponent < 0 {
            return Whole::Not;
        }
        // Zeros are not written out before it is known that there are few.
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX).saturating_add(exponent);
        let zeros = usize::try_from(exponent).ok().filter(|_| length <= MOST_DIGITS);
        let sign = if negative { "-" } else { "" };
        let whole = zeros.and_then(|zeros| format!("{sign}0{digits}{:0<zeros$}", "").parse().ok());
        whole.map_or(Whole::Beyond { negative }, Whole::Exactly)
    }

    /// Returns the nearest number of 64 bits, of two the even one; infinite beyond the largest. There is one zero.
    pub(in crate::input) fn nearest(self) -> f64 {
        // What is a number to JSON is one to Rust; nothing is in range of what is none.
        self.0.parse().map_or(f64::NAN, |number: f64| number + 0.0)
    }

    /// Returns the nearest number of 32 bits, by one rounding.
    pub(in crate::input) fn nearest_single(self) -> f32 {
        self.0.parse().map_or(f32::NAN, |number: f32| number + 0.0)
    }

    /// Returns a text that two numbers share only where they are equal.
    pub(in crate::input) fn form(self) -> String {
        let Digits { negative, digits, exponent } = self.digits();
        format!("{}{digits}e{exponent}", if negative { "-" } else { "" })
    }

    /// Takes it apart: zero has no digits, no sign and no exponent.
    fn digits(self) -> Digits {
        let (negative, text) = match self.0.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, self.0),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        // An exponent beyond 64 bits is far beyond all digits that were sent.
        let beyond = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
        let exponent = exponent.parse().unwrap_or(beyond);
        let all = format!("{whole}{fraction}");
        let kept = all.trim_end_matches('0');
        let digits = kept.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Digits { negative: false, digits, exponent: 0 };
        }
        let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
        let shift = length(&all) - length(kept) - length(fraction);
        Digits { negative, digits, exponent: exponent.saturating_add(shift) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, Whole};

    fn number(text: &str) -> Number<'_> {
        Number::read(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn a_whole_number_is_read_from_its_text() {
        for (text, whole) in [
            ("0", 0),
            ("-0", 0),
            ("-0.0", 0),
            ("0e999999999999999999999", 0),
            ("0.000e-99999", 0),
            ("7.0", 7),
            ("1e2", 100),
            ("1E+2", 100),
            ("-1.50e1", -15),
            ("0.1e1", 1),
            ("100e-2", 1),
            ("9007199254740993e0", 9_007_199_254_740_993),
            ("9007199254740993.000", 9_007_199_254_740_993),
            ("18446744073709551616", 18_446_744_073_709_551_616),
            ("1.7e38", 170_000_000_000_000_000_000_000_000_000_000_000_000),
            ("170141183460469231731687303715884105727", i128::MAX),
            ("-170141183460469231731687303715884105728", i128::MIN),
            ("-17014118346046923173168730371588410572.8e1", i128::MIN),
        ] {
            assert_eq!(number(text).whole(), Whole::Exactly(whole), "{text}");
        }
        let zeros = format!("1{}e-60000", "0".repeat(60_000));
        assert_eq!(number(&zeros).whole(), Whole::Exactly(1));
        let fraction = format!("0.{}1", "0".repeat(60_000));
        for text in [
            "0.5",
            "1e-1",
            "-1.5",
            "4503599627370497.5",
            "0.9999999999999999",
            "1e-999999999999999999999",
            &fraction,
        ] {
            assert_eq!(number(text).whole(), Whole::Not, "{text}");
        }
        for text in
            ["1e39", "1E400", "1e999999999999999999999", "170141183460469231731687303715884105729"]
        {
            assert_eq!(number(text).whole(), Whole::Beyond { negative: false }, "{text}");
            assert_eq!(
                number(&format!("-{text}")).whole(),
                Whole::Beyond { negative: true },
                "{text}"
            );
        }
    }

    #[test]
    fn a_number_with_a_fraction_is_the_nearest() {
        for (text, nearest) in [
            ("0.1", 0.1),
            ("-0.0", 0.0),
            ("-1e-400", 0.0),
            ("5e-324", f64::from_bits(1)),
            ("2.2250738585072011e-308", f64::from_bits(0x000f_ffff_ffff_ffff)),
            ("1.7976931348623157e308", f64::MAX),
            ("1E400", f64::INFINITY),
            ("9007199254740993", 9_007_199_254_740_992.0),
            ("9007199254740993.0000000000000000000000000000000000001", 9_007_199_254_740_994.0),
            ("0.9999999999999999", 0.9999999999999999),
            // Not the nearest of the number that has been cut off after 19 digits.
            ("1.00000000000000011102230246251565404236316680908203126", 1.0000000000000002),
        ] {
            let found = number(text).nearest();
            assert_eq!(found.to_bits(), f64::to_bits(nearest), "{text}: {found:e}");
        }
        // Rounded twice, this is the next one.
        assert_eq!(number("1.00000017881393432617187499999999").nearest_single(), 1.000_000_1);
        assert_eq!(number("0.99999999").nearest_single(), 1.0);
        assert_eq!(number("-0").nearest_single().to_bits(), 0);
    }

    #[test]
    fn equal_numbers_share_a_text_and_others_do_not() {
        for (one, other) in [("1", "1.0"), ("100", "1e2"), ("-0", "0.00e7"), ("0.10", "1e-1")] {
            assert_eq!(number(one).form(), number(other).form(), "{one} {other}");
        }
        for (one, other) in [
            ("1", "-1"),
            ("9007199254740992", "9007199254740993"),
            ("0.1", "0.10000000000000000001"),
            ("1e400", "1e401"),
        ] {
            assert_ne!(number(one).form(), number(other).form(), "{one} {other}");
        }
    }

    #[test]
    fn what_json_has_no_number_for_is_none() {
        for text in [
            "", "-", "+1", "01", "-01", "00", ".5", "1.", "1.e5", "1e", "1e+", "1e5.5", "1e5e5",
            "--1", "0x10", "1_000", "1,5", "inf", "-inf", "NaN", "Infinity", " 1", "1 ", "1\n",
            "\u{661}", "1f", "1L",
        ] {
            assert_eq!(Number::read(text), None, "{text:?}");
        }
    }
}
