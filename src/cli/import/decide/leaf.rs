//! Texts and numbers: the types and bounds that a schema states.

use serde_json::Value;

use super::{
    number_text::{limits, number_text},
    plan::{Bounds, TextRules, Ty},
    reason,
};
use crate::cli::import::read::shape::Shape;

/// The longest pattern that is taken over.
const LONGEST_PATTERN: usize = 500;

/// The letters of Base64 (RFC 4648, section 4), with its padding.
pub(in crate::cli::import) const BASE64: &str = "^[A-Za-z0-9+/]*={0,2}$";

/// Returns the type of a text.
pub(super) fn text(shape: &Shape<'_>) -> Ty {
    let rules = rules(shape);
    match shape.format.unwrap_or_default() {
        "email" | "idn-email" => Ty::Typed("Email"),
        "uri" | "url" | "iri" => Ty::Typed("WebUrl"),
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

/// Returns remarks on what a schema says of a text and its type does not.
pub(super) fn unsaid(shape: &Shape<'_>) -> Vec<String> {
    let is_typed = matches!(text(shape), Ty::Typed(_));
    let unsaid = [
        (is_typed && shape.length != (None, None), "a length"),
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
        [pattern] if is_read_alike(pattern) => rules.pattern = Some(anchored(pattern)),
        [pattern, ..] => rules.unread = Some(pattern.to_owned()),
    }
    rules
}

/// Returns a pattern for the whole text: a schema's may match anywhere in it.
fn anchored(pattern: &str) -> String {
    let begins = pattern.starts_with('^');
    let ends = pattern.ends_with('$') && !pattern.ends_with("\\$");
    // `^a|b$` is anchored at one end of each alternative.
    let has_alternatives = pattern.contains('|');
    match (begins, ends, has_alternatives) {
        (true, true, false) => pattern.to_owned(),
        (true, true, true) if is_grouped(pattern) => pattern.to_owned(),
        (true, false, false) => format!("{pattern}[\\s\\S]*$"),
        (false, true, false) => format!("^[\\s\\S]*{pattern}"),
        _ => format!("^[\\s\\S]*({pattern})[\\s\\S]*$"),
    }
}

/// Returns `true` if all alternatives stand in groups.
fn is_grouped(pattern: &str) -> bool {
    let (mut depth, mut class, mut escaped) = (0_u32, false, false);
    for letter in pattern.chars() {
        if escaped {
            escaped = false;
            continue;
        }
        match letter {
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth = depth.saturating_sub(1),
            '|' if !class && depth == 0 => return false,
            _ => {}
        }
    }
    true
}

/// Returns `true` if a pattern is surely one that all readers read alike. What is not is told in a comment.
fn is_read_alike(pattern: &str) -> bool {
    // What begins a pattern is as what begins a group: nothing is there to be repeated.
    let (mut depth, mut class, mut before) = (0_i32, false, '(');
    if pattern.len() > LONGEST_PATTERN || !pattern.bytes().all(|byte| (b' '..=b'~').contains(&byte))
    {
        return false;
    }
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('d' | 'D' | 'w' | 'W' | 's' | 'S') if !class => {}
                Some('d' | 'w' | 's' | 'n' | 't' | 'r') => {}
                Some(escaped) if escaped.is_ascii_punctuation() => {}
                _ => return false,
            },
            '[' if class => return false,
            '[' => {
                let mut inside = letters.clone();
                let first = inside.next();
                let first = if first == Some('^') { inside.next() } else { first };
                // A class of nothing, or of anything, is one that begins with a bracket to others.
                if first == Some(']') {
                    return false;
                }
                class = true;
            }
            ']' if class => class = false,
            ']' => return false,
            '&' | '~' | '-' if class && letters.peek() == Some(&letter) => return false,
            '(' if !class => {
                if letters.peek() == Some(&'?') {
                    letters.next();
                    if letters.next() != Some(':') {
                        return false;
                    }
                }
                depth += 1;
            }
            ')' if !class => {
                depth -= 1;
                if depth < 0 {
                    return false;
                }
            }
            '{' if !class && !is_count(letters.clone()) => return false,
            '*' | '+' | '?' if !class && "(|^*+".contains(before) => return false,
            '^' if !class && before != '(' && before != '|' => return false,
            '$' if !class && !matches!(letters.peek(), None | Some(')' | '|')) => return false,
            _ => {}
        }
        before = letter;
    }
    depth == 0 && !class
}

/// Returns `true` if a repetition follows whose count is small.
fn is_count(letters: impl Iterator<Item = char>) -> bool {
    let inside: String = letters.take_while(|letter| *letter != '}').collect();
    let numbers: Vec<&str> = inside.split(',').collect();
    let is_small = |text: &&str| text.parse::<u32>().is_ok_and(|count| count <= 1000);
    match *numbers {
        [one] => is_small(&one),
        [least, ""] => is_small(&least),
        [least, most] => is_small(&least) && is_small(&most),
        _ => false,
    }
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
    let is_short = pattern.len() <= 4 * LONGEST_PATTERN;
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
    let (lowest, highest) = limits(kind);
    let clamped = |bound: f64| (bound as i128).clamp(lowest, highest);
    let least = shape
        .least
        .map(|(bound, open)| clamped(bound.ceil()) + i128::from(open && bound.fract() == 0.0));
    let most = shape
        .most
        .map(|(bound, open)| clamped(bound.floor()) - i128::from(open && bound.fract() == 0.0));
    let multiple = shape.multiple.filter(|of| of.fract() == 0.0 && *of >= 2.0).map(|of| of as i128);
    Bounds { least, most, below: false, multiple }
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
    Ty::Float(kind, Bounds { least, most, below, multiple: None })
}

/// Returns a whole number between the first and the last of these.
pub(super) fn whole_of(choices: &[&Value], kind: &'static str) -> Ty {
    let numbers = || choices.iter().filter_map(|one| one.as_i64()).map(i128::from);
    let (least, most) = (numbers().min(), numbers().max());
    let mut sorted: Vec<i128> = numbers().collect();
    sorted.sort_unstable();
    sorted.dedup();
    // Multiples of one number are told by it, as 10, 20 and 30.
    let step = sorted
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .reduce(|one, other| if one == other { one } else { 1 });
    let multiple = step.filter(|step| *step > 1 && least.is_some_and(|least| least % step == 0));
    Ty::Int(kind, Bounds { least, most, below: false, multiple })
}

/// Returns a fraction between the smallest and the largest of these.
pub(super) fn fraction_of(choices: &[&Value]) -> Ty {
    let numbers = || choices.iter().filter_map(|one| one.as_f64());
    let (least, most) = (numbers().reduce(f64::min), numbers().reduce(f64::max));
    Ty::Float("f64", Bounds { least, most, below: false, multiple: None })
}
