//! A calendar day in an attribute: `"2026-06-01"`.

use std::fmt;

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use crate::{diag::Diagnostics, message, path};

/// A day that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    year: i16,
    month: i8,
    day: i8,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Reads a day; one that does not exist is reported.
pub(crate) fn parse(text: &LitStr, diag: &mut Diagnostics) -> Option<Day> {
    let day = read(&text.value());
    if day.is_none() {
        diag.report(text.span(), &message::DAY, &[&text.value()]);
    }
    day
}

/// Reads a day; none where the text is not one.
pub(super) fn read(text: &str) -> Option<Day> {
    let well_formed = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !well_formed {
        return None;
    }
    let (year, month, day): (i16, i8, i8) =
        (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=length).contains(&day).then_some(Day { year, month, day })
}

impl Day {
    /// Returns the days from 1970-01-01 to this one.
    pub(crate) fn number(self) -> i64 {
        // Years begin in March, so that the day that some of them have more is their last.
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468
    }

    /// Returns the day so many days after 1970-01-01, as [`number`](Self::number) counts them.
    pub(crate) fn of_number(number: i64) -> Self {
        let days = (number + 719_468).clamp(0, 3_652_364);
        let of_era = days % 146_097;
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (year_of_era * 365 + year_of_era / 4 - year_of_era / 100);
        let since_march = (5 * of_year + 2) / 153;
        let month = (since_march + 2) % 12 + 1;
        let year = days / 146_097 * 400 + year_of_era + i64::from(month <= 2);
        let day = of_year - (153 * since_march + 2) / 5 + 1;
        // A month and a day of it fit, and the years were cut to four digits.
        let small = |number: i64| i8::try_from(number).unwrap_or(1);
        Self { year: i16::try_from(year).unwrap_or(i16::MAX), month: small(month), day: small(day) }
    }

    /// Returns the day of so many years later; that of a leap year is the one before.
    pub(crate) fn of_year(self, later: i16) -> Self {
        let day = if (self.month, self.day) == (2, 29) { 28 } else { self.day };
        Self { year: self.year.saturating_add(later).clamp(0, 9999), day, ..self }
    }

    /// Returns the day as `Day` of the runtime.
    pub(crate) fn expand(self) -> TokenStream {
        let Self { year, month, day } = self;
        let private = path::private();
        quote!(#private::Day::new(#year, #month, #day))
    }
}

/// Returns the day as `Option<Day>` of the runtime.
pub(crate) fn expand(day: Option<Day>) -> TokenStream {
    match day.map(Day::expand) {
        Some(day) => quote!(::core::option::Option::Some(#day)),
        None => quote!(::core::option::Option::None),
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, read};

    #[test]
    fn days_are_counted_and_found_again() {
        let number = |text| read(text).map(Day::number);
        assert_eq!(number("1970-01-01"), Some(0));
        assert_eq!(number("2026-06-01"), Some(20_605));
        assert_eq!(number("2000-03-01"), Some(11_017));
        for days in (-700_000..2_900_000).step_by(97) {
            assert_eq!(Day::of_number(days).number(), days);
        }
        assert_eq!(Day::of_number(20_605).to_string(), "2026-06-01");
    }

    #[test]
    fn only_days_that_exist_are_read() {
        assert!(read("2024-02-29").is_some());
        for text in [
            "2023-02-29",
            "2023-13-01",
            "2023-00-10",
            "2023-04-31",
            "23-04-01",
            "2023-4-1",
            "2023/04/01",
            "",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
