//! Texts and numbers: the types and bounds that a schema states.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    number_text::{limits, number_text},
    pattern,
    plan::{Bounds, TextRules, Ty},
    reason,
};
use crate::cli::import::read::shape::Shape;

/// The letters of Base64 (RFC 4648, section 4), with its padding.
pub(in crate::cli::import) const BASE64: &str = "^[A-Za-z0-9+/]*={0,2}$";

/// The fewest and the most characters of an `Email`.
const EMAIL: (u64, u64) = (3, 254);

/// The fewest and the most characters of a `WebUrl`.
const URL: (u64, u64) = (8, 2048);

/// The most numbers that a rule lists.
pub(super) const MOST_LISTED: usize = 256;

/// Returns the type of a text.
pub(super) fn text(shape: &Shape<'_>) -> Ty {
    let rules = rules(shape);
    match shape.format.unwrap_or_default() {
        "email" | "idn-email" => within("Email", EMAIL, shape),
        "uri" | "url" | "iri" => within("WebUrl", URL, shape),
        "uuid" | "guid" => Ty::Typed("Uuid"),
        "date" => Ty::Typed("Date"),
        "date-time" | "datetime" => Ty::Typed("Timestamp"),
        "ipv4" => Ty::Typed("Ipv4Addr"),
        "ipv6" => Ty::Typed("Ipv6Addr"),
        "ip" => Ty::Typed("IpAddr"),
        "password" => Ty::Secret(rules),
        format @ ("int32" | "int64" | "uint32" | "uint64") => {
            number_text(shape, format).unwrap_or(Ty::Text(rules))
        }
        "binary" => Ty::File,
        "byte" if rules.pattern.is_none() => {
            Ty::Text(TextRules { pattern: Some(BASE64.to_owned()), ..rules })
        }
        _ => Ty::Text(rules),
    }
}

/// Returns a value type with the most characters that a schema states, where these are fewer than it has, and some values have no more.
fn within(name: &'static str, (shortest, longest): (u64, u64), shape: &Shape<'_>) -> Ty {
    match shape.length.1.filter(|most| (shortest..longest).contains(most)) {
        Some(most) => Ty::Shorter(name, most),
        None => Ty::Typed(name),
    }
}

/// Returns `true` if a length says no more than a type does.
fn is_of(ty: &Ty, (least, most): (Option<u64>, Option<u64>)) -> bool {
    let (name, stated) = match ty {
        Ty::Typed(name) => (*name, None),
        Ty::Shorter(name, most) => (*name, Some(*most)),
        _ => return false,
    };
    let known = match name {
        "Email" => EMAIL,
        "WebUrl" => URL,
        _ => return (least, most) == (None, None),
    };
    least.is_none_or(|least| least <= known.0)
        && most.is_none_or(|most| most >= stated.unwrap_or(known.1))
}

/// Returns remarks on what a schema says of a text and its type does not.
pub(super) fn unsaid(shape: &Shape<'_>) -> Vec<String> {
    let ty = text(shape);
    let is_typed = matches!(ty, Ty::Typed(_) | Ty::Shorter(..));
    let unsaid = [
        (is_typed && !is_of(&ty, shape.length), "a length"),
        (is_typed && !shape.patterns.is_empty(), "a pattern"),
        (!is_typed && shape.patterns.len() > 1, "further patterns"),
    ];
    let told = unsaid.into_iter().filter(|(is_unsaid, _)| *is_unsaid);
    told.map(|(_, what)| format!("the document has {what} too, which is for a `check` of yours"))
        .collect()
}

/// Returns the kind that a format is of.
pub(super) fn kind_of_format(format: &str) -> Option<&'static str> {
    match format {
        "int32" | "int64" => Some("integer"),
        "float" | "double" | "decimal" => Some("number"),
        "email" | "uri" | "url" | "uuid" | "date" | "date-time" | "byte" | "binary"
        | "password" | "ipv4" | "ipv6" | "hostname" => Some("string"),
        _ => None,
    }
}

fn rules(shape: &Shape<'_>) -> TextRules {
    let (least, most) = shape.length;
    let mut rules = TextRules { least, most, ..TextRules::default() };
    match *shape.patterns {
        [] => {}
        [pattern] if pattern::is_read_alike(pattern) => {
            rules.pattern = Some(pattern::anchored(&pattern::spelled(pattern)));
        }
        [pattern, ..] => rules.unread = Some(pattern.to_owned()),
    }
    rules
}

/// Returns a text that is one of these, by a pattern.
pub(in crate::cli::import) fn one_of(texts: &[String]) -> Ty {
    let escaped = |text: &String| {
        let letters = text.chars().map(|letter| {
            if letter.is_ascii_punctuation() { format!("\\{letter}") } else { letter.to_string() }
        });
        letters.collect::<String>()
    };
    let lengths = texts.iter().map(|text| text.chars().count() as u64);
    let most = Some(lengths.max().unwrap_or(0).max(1));
    let pattern = format!("^({})$", texts.iter().map(escaped).collect::<Vec<_>>().join("|"));
    let is_short = pattern.len() <= 4 * pattern::LONGEST;
    let rules = match is_short && !pattern.chars().any(char::is_control) {
        true => TextRules { most, pattern: Some(pattern), ..TextRules::default() },
        false => TextRules { most, unread: Some(pattern), ..TextRules::default() },
    };
    Ty::Text(rules)
}

/// Returns the type of a whole number.
pub(super) fn whole(shape: &Shape<'_>) -> Ty {
    let kind = if shape.format == Some("int32") { "i32" } else { "i64" };
    Ty::Int(kind, bounds(shape, kind))
}

/// Returns the bounds of a whole number of a type.
pub(super) fn bounds(shape: &Shape<'_>, kind: &str) -> Bounds<i128> {
    let multiple = shape.multiple.filter(|of| of.fract() == 0.0 && *of >= 2.0).map(|of| of as i128);
    Bounds { multiple, ..rounded(shape.least, shape.most, kind) }
}

/// Returns bounds of fractions as those of a whole number of a type. `true` beside one that is not in them.
pub(super) fn rounded(
    least: Option<(f64, bool)>,
    most: Option<(f64, bool)>,
    kind: &str,
) -> Bounds<i128> {
    let (lowest, highest) = limits(kind);
    let clamped = |bound: f64| (bound as i128).clamp(lowest, highest);
    let beyond = |bound: f64, open: bool| i128::from(open && bound.fract() == 0.0);
    let least = least.map(|(bound, open)| clamped(bound.ceil()) + beyond(bound, open));
    let most = most.map(|(bound, open)| clamped(bound.floor()) - beyond(bound, open));
    Bounds { least, most, below: false, multiple: None, listed: Vec::new() }
}

/// Returns the type of a fraction.
pub(super) fn fraction(shape: &Shape<'_>) -> Ty {
    match shape.multiple {
        Some(of) if of.fract() == 0.0 && of >= 1.0 => return whole(shape),
        Some(_) => return Ty::Cannot(&reason::MULTIPLE),
        None => {}
    }
    let kind = if shape.format == Some("float") { "f32" } else { "f64" };
    // Above a bound is from the next number on.
    let above = |bound: f64| match kind {
        "f32" => f64::from((bound as f32).next_up()),
        _ => bound.next_up(),
    };
    let least = shape.least.map(|(bound, open)| if open { above(bound) } else { bound });
    let (most, below) = (shape.most.map(|(bound, _)| bound), shape.most.is_some_and(|most| most.1));
    Ty::Float(kind, Bounds { least, most, below, multiple: None, listed: Vec::new() })
}

/// Returns a whole number that is one of these: by its ends where they are a range, or all multiples in it, or else by a list.
pub(super) fn whole_of(choices: &[&Value], kind: &'static str) -> Ty {
    let mut numbers: Vec<i64> = choices.iter().filter_map(|one| one.as_i64()).collect();
    numbers.retain(|number| kind != "i32" || i32::try_from(*number).is_ok());
    numbers.sort_unstable();
    numbers.dedup();
    let (Some(first), Some(last)) = (numbers.first().copied(), numbers.last().copied()) else {
        return Ty::Cannot(&reason::IMPOSSIBLE);
    };
    let steps = numbers.windows(2).map(|two| i128::from(two[1]) - i128::from(two[0]));
    let steps: BTreeSet<i128> = steps.collect();
    let step = steps.first().copied().unwrap_or(1);
    let is_even = steps.len() <= 1 && i128::from(first) % step == 0;
    let listed = if is_even || numbers.len() > MOST_LISTED { Vec::new() } else { numbers };
    let multiple = Some(step).filter(|step| is_even && *step > 1);
    let (least, most) = (Some(first.into()), Some(last.into()));
    Ty::Int(kind, Bounds { least, most, below: false, multiple, listed })
}

/// Returns a fraction between the smallest and the largest of these.
pub(super) fn fraction_of(choices: &[&Value]) -> Ty {
    let numbers = || choices.iter().filter_map(|one| one.as_f64());
    let (least, most) = (numbers().reduce(f64::min), numbers().reduce(f64::max));
    Ty::Float("f64", Bounds { least, most, below: false, multiple: None, listed: Vec::new() })
}
