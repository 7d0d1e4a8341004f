//! The forms of values: one strict grammar each, and the text that they are shown as.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use super::node::{Node, Raw};
pub(crate) use crate::secret::UNTOLD;
use crate::{
    limit::{Limit, Unit},
    secret::without_secrets,
};

/// The units of times, the longest first, in milliseconds.
const TIMES: &[(&str, u64)] =
    &[("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1)];

/// The units of sizes, the largest first.
const SIZES: &[(&str, u64)] = &[("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

/// The windows of limits.
const WINDOWS: &[(&str, u64)] = &[("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)];

impl Node {
    /// Returns a text that is not empty, without controls.
    pub(super) fn text(&self) -> Option<&str> {
        let (Raw::Text(text) | Raw::Variable(text)) = &self.raw else { return None };
        (!text.is_empty() && !text.contains(char::is_control)).then_some(&**text)
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match &self.raw {
            Raw::Flag(flag) => Some(*flag),
            Raw::Variable(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Returns a whole number, not above this.
    pub(super) fn number(&self, most: u64) -> Option<u64> {
        let number = match &self.raw {
            Raw::Integer(digits, radix) => u64::from_str_radix(digits, *radix).ok(),
            Raw::Variable(text) => digits(text),
            _ => None,
        };
        number.filter(|number| *number <= most)
    }

    /// Returns a path. The content of a file in the place of its path has several lines.
    pub(super) fn path(&self) -> Option<PathBuf> {
        let text = self.text().filter(|text| !text.contains("-----BEGIN"))?;
        Some(PathBuf::from(text))
    }

    /// Returns the entries of a list: of a variable what stands between commas. One entry may stand alone.
    pub(super) fn list<T>(&self, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
        match &self.raw {
            Raw::List(entries) => entries.iter().map(read).collect(),
            Raw::Variable(text) => {
                let entries = text.split(',').map(|entry| Node {
                    raw: Raw::Variable(entry.trim().to_owned()),
                    place: self.place.clone(),
                });
                entries.map(|entry| read(&entry)).collect()
            }
            _ => Some(vec![read(self)?]),
        }
    }
}

/// Parses a number of digits alone.
pub(super) fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Parses digits with one of these units behind.
fn measured(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let end = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    let (_, of_unit) = units.iter().find(|(name, _)| *name == unit)?;
    digits(number)?.checked_mul(*of_unit)
}

pub(super) fn parse_duration(text: &str) -> Option<Duration> {
    measured(text, TIMES).map(Duration::from_millis)
}

pub(super) fn parse_size(text: &str) -> Option<u64> {
    measured(text, SIZES)
}

/// Parses `1200/min`.
pub(super) fn parse_limit(text: &str) -> Option<Limit> {
    let (count, window) = text.split_once('/')?;
    let count =
        digits(count).and_then(|count| u32::try_from(count).ok()).filter(|count| *count > 0)?;
    let (_, seconds) = WINDOWS.iter().find(|(name, _)| *name == window)?;
    Some(Limit::per_address(count).per(Duration::from_secs(*seconds)))
}

/// Shows a number in the largest unit that it is a multiple of.
fn shown(number: u64, units: &[(&str, u64)]) -> String {
    let fits = |(_, of_unit): &&(&str, u64)| number != 0 && number.is_multiple_of(*of_unit);
    match units.iter().find(fits) {
        Some((unit, of_unit)) => format!("\"{}{unit}\"", number / of_unit),
        None => format!("\"0{}\"", units.last().map_or("", |(unit, _)| unit)),
    }
}

/// Shows a time as it is written.
pub(crate) fn duration(duration: Duration) -> String {
    shown(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX), TIMES)
}

/// Shows a size as it is written.
pub(crate) fn size(bytes: u64) -> String {
    shown(bytes, SIZES)
}

/// Shows a limit as it is written, where it can be.
pub(crate) fn limit(limit: &Limit) -> String {
    let window =
        WINDOWS.iter().find(|(_, seconds)| Duration::from_secs(*seconds) == limit.window());
    let is_plain = limit.unit() == Unit::Address
        && limit.stated_burst().is_none()
        && limit.stated_weight() == 1;
    match window {
        Some((window, _)) if is_plain => format!("\"{}/{window}\"", limit.count()),
        _ => UNTOLD.to_owned(),
    }
}

/// Shows a text as it is written, of a URL without what may be a secret.
pub(crate) fn text(text: &str) -> String {
    let mut shown = String::from("\"");
    for letter in without_secrets(text).chars() {
        match letter {
            '"' => shown.push_str("\\\""),
            '\\' => shown.push_str("\\\\"),
            letter if letter.is_control() => {
                // Nothing fails to be written to a string.
                let _ = write!(shown, "\\u{:04X}", u32::from(letter));
            }
            letter => shown.push(letter),
        }
    }
    shown.push('"');
    shown
}

/// Shows a list of texts as it is written.
pub(crate) fn list<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> String {
    let entries: Vec<_> = entries.into_iter().map(|entry| text(entry.as_ref())).collect();
    format!("[{}]", entries.join(", "))
}

/// Shows a path as it is written.
pub(super) fn path(path: &Path) -> String {
    text(&path.display().to_string())
}
