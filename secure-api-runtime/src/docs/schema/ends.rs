//! The ends of a range of texts that are decimal numbers, as patterns: JSON Schema has ends for numbers only.
//!
//! What is beyond an end is said, and not what is within: programs that make texts of a pattern pass such a condition over
//! and try again, where of one that demands something they make what is no text of the rest.

use crate::inventory::BetweenModel;

/// Any digits behind the point, also none.
const FRACTION: &str = r"(?:\.[0-9]+)?";

/// The digits that the texts of a range have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    /// Digits of a whole number.
    Whole,
    /// Digits before and behind a point, and a currency before the number.
    Any,
}

/// Returns a condition that a text meets which is within the ends, as far as texts have such digits.
pub(super) fn within(between: &BetweenModel, digits: Digits) -> Option<String> {
    let BetweenModel { low, high, closed } = between;
    let (low, high) = (End::read(low, digits)?, End::read(high, digits)?);
    let below = match low.negative {
        true => format!("-(?:{})", low.beyond(true, false)),
        false if low.is_zero() => String::from("-.*"),
        false => format!("-.*|{}", low.beyond(false, false)),
    };
    let above = match high.negative {
        true => format!("[0-9].*|-(?:{})", high.beyond(false, !closed)),
        false => high.beyond(true, !closed),
    };
    let currency = match digits {
        Digits::Whole => "",
        Digits::Any => "(?:[A-Z]{3} )?",
    };
    Some(format!("(?!{currency}(?:{below}|{above})$)"))
}

/// An end as it was written, without its sign and without zeros that say nothing.
struct End<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
    digits: Digits,
}

impl<'t> End<'t> {
    fn read(text: &'t str, of: Digits) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number =
            [whole, fraction].iter().all(|part| part.bytes().all(|one| one.is_ascii_digit()));
        let fraction = fraction.trim_end_matches('0');
        is_number.then_some(Self { negative, whole, fraction, digits: of })
    }

    fn is_zero(&self) -> bool {
        self.whole == "0" && self.fraction.is_empty()
    }

    /// Returns the numbers that are larger than the end, or smaller, whatever their signs; with the end itself, if it is open.
    fn beyond(&self, larger: bool, open: bool) -> String {
        let Self { whole, fraction, digits, .. } = self;
        let more = match digits {
            Digits::Whole => "",
            Digits::Any => FRACTION,
        };
        let mut ways = Vec::new();
        // Of another number of digits.
        match whole.len() {
            length if larger => ways.push(format!("[1-9][0-9]{{{length},}}{more}")),
            1 => {}
            length => ways.push(format!("[0-9]{{1,{}}}{more}", length - 1)),
        }
        // Of as many, and another one from some place on.
        ways.extend(
            differing(whole, larger)
                .into_iter()
                .map(|(start, rest)| format!("{start}[0-9]{{{rest}}}{more}")),
        );
        if *digits == Digits::Whole {
            ways.extend(open.then(|| (*whole).to_owned()));
            return ways.join("|");
        }
        // Of the same digits before the point.
        ways.extend(
            differing(fraction, larger)
                .into_iter()
                .map(|(start, _)| format!(r"{whole}\.{start}[0-9]*")),
        );
        if larger {
            ways.push(format!(r"{whole}\.{fraction}[0-9]*[1-9][0-9]*"));
        } else if !fraction.is_empty() {
            let shorter = (1..fraction.len()).map(|length| &fraction[..length]);
            ways.extend(shorter.map(|start| format!(r"{whole}\.{start}")));
            ways.push((*whole).to_owned());
        }
        if open {
            ways.push(match *fraction {
                "" => format!(r"{whole}(?:\.0+)?"),
                fraction => format!(r"{whole}\.{fraction}0*"),
            });
        }
        ways.join("|")
    }
}

/// Returns for each digit that can be another one, larger or smaller, the pattern up to it and how many stand behind it.
fn differing(digits: &str, larger: bool) -> Vec<(String, usize)> {
    let places = digits.bytes().enumerate().filter_map(|(place, digit)| {
        let others = match (larger, digit) {
            (true, b'9') | (false, b'0') => return None,
            (true, digit) => format!("[{}-9]", char::from(digit + 1)),
            (false, digit) => format!("[0-{}]", char::from(digit - 1)),
        };
        Some((digits[..place].to_owned() + &others, digits.len() - place - 1))
    });
    places.collect()
}
