//! Texts that a regular expression matches, written from what it was parsed to.

use regex::Regex;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

/// A regular expression, and what it was parsed to.
pub(super) struct Pattern {
    regex: Regex,
    hir: Hir,
}

impl Pattern {
    /// Parses an expression; none where it looks around, as one of the framework's own does.
    pub(super) fn new(text: &str) -> Option<Self> {
        Some(Self { regex: Regex::new(text).ok()?, hir: regex_syntax::parse(text).ok()? })
    }

    /// Returns `true` if the text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// Returns a text with so many more repetitions than are needed, where as many may be. `shift` chooses among
    /// alternatives and letters. A text that grows beyond `longest` characters is none.
    pub(super) fn text(&self, more: u32, shift: usize, longest: usize) -> Option<String> {
        let mut text = Writing { more, shift, longest, letters: 0, text: String::new() };
        text.write(&self.hir).then_some(text.text)
    }
}

/// A text in the making.
struct Writing {
    more: u32,
    shift: usize,
    longest: usize,
    letters: usize,
    text: String,
}

impl Writing {
    /// Writes a part; `false` where there is no text for it, or no room.
    fn write(&mut self, hir: &Hir) -> bool {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => true,
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                Ok(text) => text.chars().all(|letter| self.push(letter)),
                Err(_) => false,
            },
            HirKind::Class(Class::Unicode(class)) => self.class(class),
            HirKind::Class(Class::Bytes(class)) => match class.to_unicode_class() {
                Some(class) => self.class(&class),
                None => false,
            },
            HirKind::Repetition(repetition) => {
                let most = repetition.max.unwrap_or(u32::MAX);
                let count = repetition.min.saturating_add(self.more).min(most);
                (0..count).all(|_| self.write(&repetition.sub))
            }
            HirKind::Capture(capture) => self.write(&capture.sub),
            HirKind::Concat(parts) => parts.iter().all(|part| self.write(part)),
            HirKind::Alternation(parts) => self.write(&parts[self.shift % parts.len()]),
        }
    }

    fn class(&mut self, class: &ClassUnicode) -> bool {
        let letters = letters(class);
        let Some(rounds) = self.shift.checked_div(letters.len()) else { return false };
        let place = self.letters * (rounds + 1) + self.shift;
        self.push(letters[place % letters.len()])
    }

    fn push(&mut self, letter: char) -> bool {
        self.letters += 1;
        self.text.push(letter);
        self.letters <= self.longest
    }
}

/// Returns the letters of a class that a reader likes best: letters, digits, other characters that are seen, any.
fn letters(class: &ClassUnicode) -> Vec<char> {
    let has = |letter: &char| {
        class.ranges().iter().any(|range| (range.start()..=range.end()).contains(letter))
    };
    let kinds = ['a'..='z', 'A'..='Z', '1'..='9', '0'..='0', '!'..='~'];
    let found = kinds.into_iter().map(|kind| kind.filter(has).collect::<Vec<_>>());
    let found: Vec<char> =
        found.into_iter().find(|letters| !letters.is_empty()).unwrap_or_default();
    if !found.is_empty() {
        return found;
    }
    let all = class.ranges().iter().flat_map(|range| range.start()..=range.end());
    all.filter(|letter| !letter.is_control()).take(26).collect()
}
