//! Text from a request: cleaned first, then held against its bounds.
//!
//! All text is brought to NFC and trimmed at both ends, so that one text has one form; text in which nothing can be seen
//! is empty. A name, a code or an address is one line: a control character in it is refused, and so is a character that
//! turns the direction of writing, which makes a text look like another. In free text (`text`), pasted from anywhere,
//! those are removed, line breaks become `\n`, and tabs stay. NUL is refused everywhere.

use std::fmt;

use serde::Serializer;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::shape::Shape;

use crate::input::{
    Decode, Decoding, Depth, InvalidValue, Leaf, Needs, Node, Rules, TypeInfo, is_segment,
    rules::read_email,
};

/// The documented length of text that the app sends and nothing bounds: a 32-bit number, as clients can hold it.
const LONGEST_SENT: usize = i32::MAX as usize;

impl Decode for String {
    const TYPE: TypeInfo = TypeInfo::needing(Needs::Text, |rules| shape(rules, None));

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let text = decoding.text(node, "text is expected")?;
        decoding.admit(text.into_owned().admit(rules))
    }

    fn identity(&self) -> Option<String> {
        Some(self.clone())
    }
}

impl Leaf for String {
    fn parse(text: &str) -> Result<Self, InvalidValue> {
        clean(text.to_owned(), false)
    }

    fn write_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }

    fn restored(text: &str) -> Result<Self, InvalidValue> {
        Ok(text.to_owned())
    }

    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }

    fn lend_text(&self, to: impl FnOnce(&str)) -> bool {
        to(self);
        true
    }

    fn parse_within(text: &str, rules: &Rules) -> Result<Self, InvalidValue> {
        text.to_owned().admit(rules)
    }

    fn admit(self, rules: &Rules) -> Result<Self, InvalidValue> {
        let text = in_one_form(self, rules)?;
        check(&text, rules)?;
        Ok(text)
    }
}

/// Returns the JSON form of text under rules.
pub(in crate::input) fn shape(rules: &Rules, format: Option<&'static str>) -> Shape {
    rules.further(Shape::Text {
        min_length: rules.shortest() as u64,
        max_length: rules.longest().unwrap_or(LONGEST_SENT) as u64,
        pattern: rules.pattern.map(|pattern| (pattern.place)().text()),
        format: if rules.email { Some("email") } else { format },
    })
}

/// Holds text against its bounds: the cheap ones first.
pub(in crate::input) fn check(text: &str, rules: &Rules) -> Result<(), InvalidValue> {
    let fewest = rules.shortest();
    let most = rules.longest().unwrap_or(LONGEST_SENT);
    if !(fewest..=most).contains(&text.chars().count()) && !crate::weakened::is("length") {
        return Err(InvalidValue::composed(
            "length",
            format!("from {fewest} to {most} characters"),
        ));
    }
    if let Some(pattern) = rules.pattern.map(|pattern| (pattern.place)())
        && !pattern.matches(text)
        && !crate::weakened::is("pattern")
    {
        let detail = format!("the pattern is {}", pattern.text());
        return Err(InvalidValue::composed("pattern", detail));
    }
    if let Some(reserved) = rules.segment {
        if !is_segment(text) {
            let detail = "neither `.` nor `..`, and without `/`, `\\`, `?`, `#` and `%`";
            return Err(InvalidValue::new("segment", detail));
        }
        if reserved.contains(&text) {
            return Err(InvalidValue::new("reserved", "the word is reserved"));
        }
    }
    if let Some(part) = rules.contains.filter(|part| !text.contains(part)) {
        return Err(InvalidValue::composed("contains", format!("`{part}` is in it")));
    }
    if let Some(part) = rules.excludes.filter(|part| text.contains(part)) {
        return Err(InvalidValue::composed("excludes", format!("`{part}` is not in it")));
    }
    Ok(())
}

/// Returns text in the form that its rules are asked of.
pub(in crate::input) fn in_one_form(text: String, rules: &Rules) -> Result<String, InvalidValue> {
    let text = clean(text, rules.text)?;
    if !rules.email {
        return Ok(text);
    }
    read_email(&text).ok_or_else(|| InvalidValue::new("email", "an e-mail address is expected"))
}

/// Cleans text: control characters out, NFC, trimmed; empty where nothing of it can be seen.
pub(crate) fn clean(text: String, free: bool) -> Result<String, InvalidValue> {
    let mut text = text;
    // As most is written: one form of visible letters, which there is nothing to clean of but space at the ends.
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if !is_plain && text.chars().any(is_unwanted) {
        if !free || text.contains('\0') {
            let detail = "control characters are not accepted";
            return Err(InvalidValue::new("characters", detail));
        }
        text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.retain(|letter| matches!(letter, '\n' | '\t') || !is_unwanted(letter));
    }
    if !is_plain && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = text.nfc().collect();
    }
    if text.chars().all(is_blank) {
        text.clear();
    }
    text.truncate(text.trim_end().len());
    text.drain(..text.len() - text.trim_start().len());
    Ok(text)
}

/// Returns `true` for white space, and for characters that are drawn as nothing (Unicode's `Default_Ignorable_Code_Point`,
/// the marks of annotations and hieroglyphs, the empty cell of Braille and the empty head of a note).
pub(crate) fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns `true` for control characters, and those that turn the direction of writing (Unicode Technical Report 36).
pub(crate) fn is_unwanted(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
