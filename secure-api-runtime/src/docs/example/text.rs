//! Texts under their rules: one of their format, one of their pattern, or words.

use std::collections::HashMap;

use super::pattern::Pattern;
use crate::{
    input::Leaf,
    inventory::{BetweenModel, RulesModel},
    value::{Decimal, Email, WebUrl},
};

/// The longest text that is tried.
const LONGEST: u64 = 4096;
/// The most texts that are tried: rules that few texts meet do not delay the start.
const MOST_TRIED: usize = 2_000;
/// The number of choices among alternatives and letters that are tried.
const SHIFTS: usize = 8;

/// The rules of a text that its schema has by itself.
#[derive(Clone, Copy)]
pub(super) struct Bounds<'a> {
    /// The fewest and the most characters.
    pub(super) lengths: (u64, u64),
    pub(super) pattern: Option<&'a str>,
    pub(super) format: Option<&'a str>,
}

/// The patterns of a document, each compiled once.
#[derive(Default)]
pub(super) struct Texts<'a>(HashMap<&'a str, Option<Pattern>>);

impl<'a> Texts<'a> {
    /// Returns the first text that all rules admit.
    pub(super) fn of(
        &mut self,
        bounds: Bounds<'a>,
        rules: Option<&RulesModel>,
        name: &str,
        nth: u64,
    ) -> Option<String> {
        if let Some(listed) = rules.and_then(|rules| rules.one_of.as_ref()) {
            return listed.get(usize::try_from(nth).ok()?).map(i64::to_string);
        }
        let pattern = bounds.pattern.and_then(|pattern| {
            self.0.entry(pattern).or_insert_with(|| Pattern::new(pattern)).as_ref()
        });
        let (fewest, most) = bounds.lengths;
        let fewest = fewest.max(rules.map_or(0, |rules| rules.visible));
        let lengths = (usize::try_from(fewest).ok()?, usize::try_from(most.min(LONGEST)).ok()?);
        let place = usize::try_from(nth).ok()?;
        let formed = bounds.format.and_then(|format| formed(format, nth, lengths.0)).into_iter();
        let between = rules.and_then(|rules| rules.between.as_ref());
        let amounts = amounts(bounds.format, between, nth);
        let matching = pattern.into_iter().flat_map(|pattern| matching(pattern, place, lengths));
        let words = (0..4).map(|shift| words(name, place, shift, lengths));
        let candidates = formed.chain(amounts).chain(matching).chain(words);
        let mut candidates = candidates.flat_map(|text| with_part(text, rules));
        candidates.by_ref().take(MOST_TRIED).find(|text| {
            admits(text, lengths, bounds.format, rules)
                && pattern.is_none_or(|pattern| pattern.matches(text))
        })
    }
}

/// Returns the text of a format at this place, which goes on until it is long enough where it can.
fn formed(format: &str, nth: u64, fewest: usize) -> Option<String> {
    let number = if nth == 0 { String::new() } else { nth.to_string() };
    let text = match format {
        "uuid" => format!("0197f3a0-5c1e-7b42-9d83-{:012x}", 0x2f6b_8c4d_1a57 + u128::from(nth)),
        "email" => {
            let rest = format!("{number}@example.com");
            format!("ada{}{rest}", "a".repeat(fewest.saturating_sub(3 + rest.len()).min(61)))
        }
        "uri" => {
            let start = format!("https://example.com/{number}");
            let more = "a".repeat(fewest.saturating_sub(start.len()));
            start + &more
        }
        "date" => format!("{:04}-03-04", 2026 + nth),
        "date-time" => format!("{:04}-03-04T12:30:00Z", 2026 + nth),
        "ip" | "ipv4" => format!("192.0.2.{}", nth + 1),
        "ipv6" => format!("2001:db8::{:x}", nth + 1),
        _ => return None,
    };
    Some(text)
}

/// Returns decimals and amounts: usual ones, then some from the lower end on.
fn amounts(
    format: Option<&str>,
    between: Option<&BetweenModel>,
    nth: u64,
) -> impl Iterator<Item = String> {
    let (start, places): (&str, &[usize]) = match format {
        Some("decimal") => ("", &[0, 1, 2, 6, 12]),
        Some("money") => ("EUR ", &[2, 3, 0]),
        Some("int64" | "uint64") => ("", &[0]),
        _ => ("", &[]),
    };
    let ends = between.and_then(|ends| Some((ends.low.parse().ok()?, ends.high.parse().ok()?)));
    let (low, high): (f64, f64) = ends.unwrap_or((0.0, 100.0));
    let share = (nth as f64 + 1.0) / (nth as f64 + 2.0);
    let numbers = [12.5 + nth as f64, low.ceil() + nth as f64, low + (high - low) * share];
    numbers.into_iter().flat_map(move |number| {
        places.iter().map(move |places| format!("{start}{number:.places$}"))
    })
}

/// Returns `true` if the number of a text is in the range.
fn is_between(text: &str, BetweenModel { low, high, closed }: &BetweenModel) -> bool {
    let number = |text: &str| Decimal::parse(text).ok();
    let digits = text.rsplit(' ').next().unwrap_or_default();
    let Some(value) = number(digits) else { return false };
    // An end of more digits than a decimal has is one that none of them reaches.
    let below = number(high).is_none_or(|high| if *closed { value <= high } else { value < high });
    number(low).is_none_or(|low| low <= value) && below
}

/// Returns `true` if the whole number of a text is a multiple of another.
fn is_multiple(text: &str, factor: i64) -> bool {
    let number: Option<i128> = text.parse().ok();
    number.and_then(|number| number.checked_rem(factor.into())) == Some(0)
}

/// Returns texts of a pattern: some repetitions first, then as few as there can be, then as many as the length needs.
fn matching(
    pattern: &Pattern,
    place: usize,
    (fewest, most): (usize, usize),
) -> impl Iterator<Item = String> {
    let needed = u32::try_from(fewest).unwrap_or(u32::MAX);
    let repetitions = [3, 2, 1, 0].into_iter().chain(4..=64).chain([needed / 2, needed]);
    repetitions.flat_map(move |more| {
        (place..place + SHIFTS).filter_map(move |shift| pattern.text(more, shift, most))
    })
}

/// Returns the words of a name, from the start again until they are long enough, and no longer than they may be.
fn words(name: &str, place: usize, shift: usize, (fewest, most): (usize, usize)) -> String {
    let number = if place == 0 { String::new() } else { format!(" {}", place + 1) };
    let room = most.saturating_sub(number.len());
    let text = match shift {
        0 => format!("{name}{number}"),
        1 => format!("{}{number}", name.chars().take(room).collect::<String>().trim()),
        // One letter for each place, where there is room for no more.
        _ => char::from_u32(97 + ((place + shift) % 26) as u32).unwrap_or('a').to_string(),
    };
    let missing = fewest.saturating_sub(text.chars().count());
    let again = text.chars().filter(|letter| !letter.is_whitespace()).cycle().take(missing);
    let more: String = again.collect();
    text + &more
}

/// Returns a text, and with the part that it has to have at its end and at each place.
fn with_part<'r>(
    text: String,
    rules: Option<&'r RulesModel>,
) -> impl Iterator<Item = String> + use<'r> {
    let part = rules.and_then(|rules| rules.contains.as_deref());
    let missing = part.filter(|part| !text.contains(part));
    let letters: Vec<char> = text.chars().take(64).collect();
    let end = letters.len();
    let with = missing.into_iter().flat_map(move |part| {
        let letters = letters.clone();
        (0..=end).rev().flat_map(move |place| {
            // In between, and in place of as many letters.
            let inserted = (place, place);
            let replaced = (place, (place + part.chars().count()).min(end));
            let letters = letters.clone();
            [inserted, replaced].map(|(to, from)| {
                let (before, after) = (&letters[..to], &letters[from..]);
                before.iter().copied().chain(part.chars()).chain(after.iter().copied()).collect()
            })
        })
    });
    std::iter::once(text).chain(with)
}

/// Returns `true` if all rules but the pattern admit a text.
fn admits(
    text: &str,
    (fewest, most): (usize, usize),
    format: Option<&str>,
    rules: Option<&RulesModel>,
) -> bool {
    let of_format = match format {
        Some("email") => Email::parse(text).is_ok(),
        Some("uri") => WebUrl::parse(text).is_ok(),
        _ => true,
    };
    let ruled = rules.is_none_or(|rules| {
        rules.contains.as_deref().is_none_or(|part| text.contains(part))
            && rules.between.as_ref().is_none_or(|between| is_between(text, between))
            && rules.multiple_of.is_none_or(|factor| is_multiple(text, factor))
            && rules.excludes.as_deref().is_none_or(|part| !text.contains(part))
            && rules.segment.as_ref().is_none_or(|reserved| {
                !matches!(text, "." | "..")
                    && !text.contains(['/', '\\', '?', '#', '%'])
                    && reserved.iter().all(|word| word != text)
            })
    });
    // Both ends are trimmed before any rule is asked.
    of_format && ruled && text.trim() == text && (fewest..=most).contains(&text.chars().count())
}
