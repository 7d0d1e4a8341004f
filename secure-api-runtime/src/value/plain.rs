//! Text by people in which no markup is left.

use super::leaf::text_value;
use crate::{input::clean, shape::Shape};

/// Markup inside of what is left of markup, so many times over, is an attack and refused.
const MOST_ROUNDS: usize = 8;
/// The largest ratio of the sent text's length to the kept one's; longer text is not looked at.
const MOST_TIMES: usize = 8;

/// Text by people, at most `MAX` characters, in which no HTML is left, in whatever form it was sent.
///
/// What is kept is what a reader would see of it:
///
/// - Free text is cleaned first, as by the rule `text`: NFC, no control characters but line breaks and tabs, both
///   ends trimmed.
/// - Character references become their characters: all numeric ones, and `&lt; &gt; &amp; &quot; &apos; &nbsp;`.
///   Other names, as `&eacute;`, stay as they are written.
/// - Tags, comments, declarations and processing instructions are removed, what stands between tags is kept. Of
///   `script`, `style`, `template`, `iframe`, `noembed` and `noframes` the content is removed too.
/// - This is repeated until nothing changes, so that no layer of encoding and no nesting brings markup back. More
///   than eight layers are refused.
/// - A `<` that nothing closes stays, with a space behind it where it could begin a tag: `a<b` becomes `a< b`.
///
/// So no `<` is followed by a letter, `/`, `!` or `?`, and where HTML is read from it, it is one run of text. An
/// answer writes `<`, `>` and `&` escaped besides. In JSON it is a text. `Debug` shows its length only.
///
/// ```
/// use secure_api::value::PlainText;
///
/// let text: PlainText<40> = "Tea &amp; <b>milk</b> <script>alert(1)</script>&lt;i&gt;now".parse()?;
/// assert_eq!(text.as_str(), "Tea & milk now");
/// assert_eq!("3 < 4".parse::<PlainText<40>>()?.as_str(), "3 < 4");
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlainText<const MAX: usize>(String);

text_value! {
    [const MAX: usize] PlainText<MAX>, wanted: "text without markup, within its length, is expected", code: "text",
    shape: Shape::Text { min_length: 0, max_length: MAX as u64, pattern: None, format: None },
    texts: Any,
    read: |text| read(text, MAX),
    debug: |text, f| write!(f, "PlainText({} characters)", text.0.chars().count()),
}

fn read(text: &str, most: usize) -> Option<String> {
    if text.len() > most.saturating_mul(4 * MOST_TIMES).saturating_add(256) {
        return None;
    }
    let mut text = clean(text.to_owned(), true).ok()?;
    for _ in 0..MOST_ROUNDS {
        let next = without_tags(&without_references(&text));
        // A reference can stand for a control character, a removed tag can join what was apart.
        let next = clean(next, true).ok()?;
        if next == text {
            return (text.chars().count() <= most).then_some(text);
        }
        text = next;
    }
    None
}

/// References as the characters that they stand for, one layer of them.
fn without_references(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('&') {
        let (before, from) = rest.split_at(place);
        plain.push_str(before);
        let (letter, length) = reference(from).unwrap_or(('&', 1));
        plain.push(letter);
        rest = &from[length..];
    }
    plain.push_str(rest);
    plain
}

/// Returns the character of the reference that a text begins with, and the octets of the reference. HTML reads these
/// without their `;` too.
fn reference(text: &str) -> Option<(char, usize)> {
    let semicolon = |end: usize| end + usize::from(text[end..].starts_with(';'));
    let names = [
        ("&lt", '<'),
        ("&gt", '>'),
        ("&amp", '&'),
        ("&quot", '"'),
        ("&apos", '\''),
        ("&nbsp", ' '),
    ];
    for (name, letter) in names {
        if text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return Some((letter, semicolon(name.len())));
        }
    }
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
    let letter = number.ok().and_then(char::from_u32).unwrap_or('\u{FFFD}');
    Some((letter, semicolon(start + count)))
}

/// Elements whose content is no text for a reader.
const WITH_CONTENT: &[&str] = &["script", "style", "template", "iframe", "noembed", "noframes"];

/// Returns text without tags, comments and declarations, one layer of them.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    // Where nothing closes what begins, nothing later does either: each is looked for once.
    let (mut closes, mut comments_close) = (true, true);
    while let Some(place) = rest.find('<') {
        let (before, from) = rest.split_at(place);
        plain.push_str(before);
        let next = from[1..].chars().next();
        if !next.is_some_and(|letter| letter.is_ascii_alphabetic() || "/!?".contains(letter)) {
            plain.push('<');
            rest = &from[1..];
            continue;
        }
        if comments_close && from.starts_with("<!--") {
            if let Some(end) = from[4..].find("-->") {
                rest = &from[4 + end + 3..];
                continue;
            }
            comments_close = false;
        }
        let end = if closes { from.find('>') } else { None };
        let Some(end) = end else {
            closes = false;
            plain.push_str("< ");
            rest = &from[1..];
            continue;
        };
        let name = from[1..end].split(|letter: char| !letter.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default().to_ascii_lowercase();
        rest = &from[end + 1..];
        if WITH_CONTENT.contains(&name.as_str()) {
            rest = after_content(rest, &name);
        }
    }
    plain.push_str(rest);
    plain
}

/// Returns the text behind the end tag of an element; nothing if it has none, as a browser reads it.
fn after_content<'t>(text: &'t str, name: &str) -> &'t str {
    let mut from = 0;
    while let Some(place) = text[from..].find("</") {
        let start = from + place + 2;
        let end = start + name.len();
        if text.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return text[end..].find('>').map_or("", |close| &text[end + close + 1..]);
        }
        from = start;
    }
    ""
}
