//! Text by people without markup.

use super::leaf::text_value;
use crate::{input::clean, shape::Shape};

/// More layers of character references than these are an attack and refused.
const MOST_LAYERS: usize = 8;

/// Text by people, at most `MAX` characters, without markup: where HTML is read from it, it is one run of text.
///
/// It is cleaned as by the rule `text`: NFC, no control characters but line breaks and tabs, both ends trimmed. Nothing else
/// of it is changed or removed, so nothing is lost: `3 < 4`, `I <3 tea`, `R&D` and `caf&eacute;` stay. Where a `<` would begin
/// a tag, a comment or a declaration, before a letter, `/`, `!` or `?`, the text is refused: `<b>`, but also `a<b`, whose
/// writer puts a space. So is a text that has such a `<` in some layer of character references, `&lt;b` and `&amp;lt;b`, or
/// more than eight layers of them.
///
/// An answer writes `<`, `>` and `&` escaped besides. In JSON it is a text. `Debug` shows its length only.
///
/// ```
/// use secure_api::value::PlainText;
///
/// assert_eq!("Tea & milk, 3 < 4".parse::<PlainText<40>>()?.as_str(), "Tea & milk, 3 < 4");
/// for text in ["Tea <b>now</b>", "if a<b and c>d", "<!-- x", "&lt;script&gt;"] {
///     assert!(text.parse::<PlainText<40>>().is_err());
/// }
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlainText<const MAX: usize>(String);

text_value! {
    [const MAX: usize] PlainText<MAX>,
    wanted: "text within its length is expected, in which each `<` has a space or a digit behind it: no markup",
    code: "text",
    shape: Shape::Text { min_length: 0, max_length: MAX as u64, pattern: Some(PATTERN), format: None },
    texts: Any,
    read: |text| read(text, MAX),
    debug: |text, f| write!(f, "PlainText({} characters)", text.0.chars().count()),
}

/// No markup as it is written. In layers of references there is none either, which no pattern says.
const PATTERN: &str = "^(?![\\s\\S]*<[A-Za-z/!?])[^\\u0000]*$";

fn read(text: &str, most: usize) -> Option<String> {
    // Four octets for each character, and what is cleaned away.
    if text.len() > most.saturating_mul(8).saturating_add(256) {
        return None;
    }
    let text = clean(text.to_owned(), true).ok()?;
    (text.chars().count() <= most && is_without_markup(&text)).then_some(text)
}

/// Returns `true` if no layer of character references in a text has markup in it.
fn is_without_markup(text: &str) -> bool {
    let mut layer = text.to_owned();
    for _ in 0..MOST_LAYERS {
        if has_markup(&layer) {
            return false;
        }
        // A reference can stand for a control character, which some readers drop.
        let Ok(next) = clean(without_references(&layer), true) else { return false };
        if next == layer {
            return true;
        }
        layer = next;
    }
    false
}

/// Returns `true` if HTML reads a tag, a comment, a declaration or a processing instruction in a text.
fn has_markup(text: &str) -> bool {
    let mut starts = text.match_indices('<').map(|(place, _)| text.as_bytes().get(place + 1));
    starts.any(|next| next.is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(next)))
}

/// References as the characters that they stand for, one layer of them.
fn without_references(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('&') {
        let (before, from) = rest.split_at(place);
        plain.push_str(before);
        let length = named(from, &mut plain).or_else(|| numbered(from, &mut plain));
        if length.is_none() {
            plain.push('&');
        }
        rest = &from[length.unwrap_or(1)..];
    }
    plain.push_str(rest);
    plain
}

/// Adds the text of the named reference that a text begins with, in either case. Returns the octets of the reference.
fn named(text: &str, plain: &mut String) -> Option<usize> {
    let name = text.strip_prefix('&')?;
    let starts = |entry: &str| {
        name.get(..entry.len()).is_some_and(|start| start.eq_ignore_ascii_case(entry))
    };
    let ends = |entry: &str| name.as_bytes().get(entry.len()) == Some(&b';');
    let entry = NAMES.iter().find(|(entry, _)| starts(entry) && ends(entry));
    let (entry, letters) = entry.or_else(|| OPEN.iter().find(|(entry, _)| starts(entry)))?;
    plain.push_str(letters);
    Some(1 + entry.len() + usize::from(ends(entry)))
}

/// The names that HTML reads without their `;` too.
const OPEN: &[(&str, &str)] =
    &[("lt", "<"), ("gt", ">"), ("amp", "&"), ("quot", "\""), ("apos", "'"), ("nbsp", " ")];

/// All other names of HTML (13.5) whose text has a character of ASCII. Only these can be a part of markup or of another reference.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("Tab", "\t"), ("NewLine", "\n"), ("excl", "!"), ("num", "#"), ("dollar", "$"), ("percnt", "%"), ("lpar", "("),
    ("rpar", ")"), ("ast", "*"), ("midast", "*"), ("plus", "+"), ("comma", ","), ("period", "."), ("sol", "/"),
    ("colon", ":"), ("semi", ";"), ("nvlt", "<\u{20D2}"), ("equals", "="), ("bne", "=\u{20E5}"), ("nvgt", ">\u{20D2}"),
    ("quest", "?"), ("commat", "@"), ("lbrack", "["), ("lsqb", "["), ("bsol", "\\"), ("rbrack", "]"), ("rsqb", "]"),
    ("Hat", "^"), ("lowbar", "_"), ("UnderBar", "_"), ("DiacriticalGrave", "`"), ("grave", "`"), ("fjlig", "fj"),
    ("lbrace", "{"), ("lcub", "{"), ("verbar", "|"), ("vert", "|"), ("VerticalLine", "|"), ("rbrace", "}"), ("rcub", "}"),
];

/// Adds the character of the numeric reference that a text begins with. Returns the octets of the reference.
fn numbered(text: &str, plain: &mut String) -> Option<usize> {
    let digits = text.strip_prefix("&#")?;
    let (digits, radix, start) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 3),
        None => (digits, 10, 2),
    };
    let count = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if count == 0 {
        return None;
    }
    let number = u32::from_str_radix(digits[..count].trim_start_matches('0'), radix);
    plain.push(number.ok().and_then(char::from_u32).unwrap_or('\u{FFFD}'));
    let end = start + count;
    Some(end + usize::from(text[end..].starts_with(';')))
}

#[cfg(all(test, feature = "html"))]
mod tests {
    use super::*;

    // R87: of all names of HTML, none is left out whose text could be a part of markup.
    #[test]
    fn every_name_of_ascii_is_read() {
        let names = &html5ever::data::NAMED_ENTITIES;
        let mut count = 0;
        for (name, (first, second)) in names.entries() {
            let letters: String = [*first, *second]
                .into_iter()
                .filter(|code| *code != 0)
                .filter_map(char::from_u32)
                .collect();
            if !letters.contains(|letter: char| letter.is_ascii()) {
                continue;
            }
            count += 1;
            assert_eq!(without_references(&format!("a&{name}b")), format!("a{letters}b"), "{name}");
        }
        assert_eq!(count, 57);
    }
}
