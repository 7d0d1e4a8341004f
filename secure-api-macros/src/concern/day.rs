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

fn read(text: &str) -> Option<Day> {
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
    use super::read;

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
