//! The texts that a value can have in a path: one segment of it, or not, and which words.

use crate::{
    compose::same,
    input::{Field, Rules, rules::bounds::fail},
};

/// The longest key, in characters: percent-encoded, two of them fit into the longest target of a request.
const LONGEST_KEY: usize = 255;

/// The texts of a type. The compiler asks them of a key, which has to be one segment of a path, and of a parameter that
/// stands where other paths have a fixed word.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Texts {
    /// Any text, so that some are no segment of a path.
    Any,
    /// Text of a fixed form, as an address, so that some are no segment of a path.
    Form,
    /// Segments of a path, within these rules.
    Segments(&'static Rules),
    /// Lower-case words with hyphens between.
    Words,
    /// UUIDs.
    Uuid,
    /// Whole numbers.
    Whole,
    /// Whole numbers, some of them below zero.
    Signed,
    /// Numbers with a fraction or an exponent.
    Number,
    /// Days, as `2026-06-01`.
    Date,
    /// A list of names.
    Names(&'static [&'static str]),
    /// Segments of a path that are never a lower-case word, as they have a colon, a point or capitals in them.
    NoWord,
}

impl Texts {
    /// Returns the same under the rules that a type states. Only text has rules that make it a segment.
    #[must_use]
    pub const fn within(self, rules: &'static Rules) -> Self {
        match self {
            Self::Any if rules.segment.is_some() => Self::Segments(rules),
            other => other,
        }
    }

    /// Tells if they are text as somebody wrote it, and not one of a fixed form or of a list.
    pub const fn are_plain(&self) -> bool {
        matches!(self, Self::Any | Self::Segments(_) | Self::Words)
    }

    /// Tells if one of them can be a secret: not a number, a day, a time or one of a list of names.
    pub const fn may_be_secret(&self) -> bool {
        self.are_plain() || matches!(self, Self::Form | Self::Uuid)
    }

    /// Tells if each is one segment of a path.
    pub const fn are_segments(&self) -> bool {
        !matches!(self, Self::Any | Self::Form)
    }

    /// Tells if one of them may be this fixed segment of a path. Most are lower-case words with hyphens.
    pub const fn may_be(&self, word: &str) -> bool {
        match self {
            Self::Any | Self::Form => true,
            Self::Words => is_word(word),
            Self::Segments(rules) => {
                let reserved = matches!(rules.segment, Some(reserved) if has(reserved, word));
                !reserved && may_be_text(rules, word)
            }
            Self::Uuid => has_form(word, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"),
            Self::Whole => is_of(word, b"0123456789"),
            Self::Signed => is_of(word, b"0123456789-"),
            Self::Number => is_of(word, b"0123456789eE.+-"),
            Self::Date => has_form(word, "0000-00-00"),
            Self::Names(names) => has(names, word),
            Self::NoWord => !is_word(word),
        }
    }

    /// Tells if one of them may hold every fixed letter of a segment that has parameters.
    pub(crate) const fn may_hold(&self, segment: &str) -> bool {
        let bytes = segment.as_bytes();
        let mut index = 0;
        while index < bytes.len() {
            let letter = bytes[index];
            index += 1;
            let is_held = match self {
                _ if matches!(letter, b'{' | b'}') => true,
                Self::Any | Self::Form | Self::NoWord | Self::Names(_) => true,
                Self::Words => {
                    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-'
                }
                Self::Segments(rules) => match rules.letters() {
                    Some(letters) => letters & (1 << letter) != 0,
                    None => true,
                },
                Self::Uuid => letter.is_ascii_hexdigit() || letter == b'-',
                Self::Whole => letter.is_ascii_digit(),
                Self::Signed | Self::Date => letter.is_ascii_digit() || letter == b'-',
                Self::Number => {
                    letter.is_ascii_digit() || matches!(letter, b'e' | b'E' | b'.' | b'+' | b'-')
                }
            };
            if !is_held {
                return false;
            }
        }
        true
    }
}

/// Tells if text within rules may be a word, as far as lengths and letters say.
const fn may_be_text(rules: &Rules, word: &str) -> bool {
    let longest = match rules.longest() {
        Some(longest) => longest,
        None => usize::MAX,
    };
    if rules.email || word.len() < rules.shortest() || word.len() > longest {
        return false;
    }
    match rules.letters() {
        Some(letters) => {
            let word = word.as_bytes();
            let mut index = 0;
            while index < word.len() {
                if letters & (1 << word[index]) == 0 {
                    return false;
                }
                index += 1;
            }
            true
        }
        None => true,
    }
}

/// Checks that each value of a type that stands in paths is one segment of a path, and no longer than a URL holds.
#[track_caller]
pub const fn check_segment(field: &Field, texts: Texts) {
    if !texts.are_segments() {
        let help = " stands in paths, and not each of its values is one segment of a path\n  help: wrap a `Uuid`, a number, a \
                    `Slug`, or a `String` with `max_len` or `pattern`";
        fail(&["SA190: "], field, &[], &[help]);
    }
    if let Texts::Segments(rules) = texts
        && !matches!(rules.longest(), Some(longest) if longest <= LONGEST_KEY)
    {
        let help = " stands in paths, and can be longer than a URL holds\n  help: state a bound of at most 255 characters, \
                    as `max_len = 255`";
        fail(&["SA190: "], field, &[], &[help]);
    }
}

/// Checks that a type which stands in paths and has the name of a secret is no text.
#[track_caller]
pub const fn check_secret_segment(field: &Field) {
    if field.ty.text {
        fail(&["SA143: "], field, &[], &[SECRET_IN_PATH]);
    }
}

/// The end of what is said of a secret in a path.
pub(crate) const SECRET_IN_PATH: &str = " stands in a path and looks like a secret, and a URL stands in logs and histories\n  \
    help: take it in the body, as a `Secret<String>`, or give what is no secret another name";

/// Checks that a reserved word is one that a path can have and that the type could be.
#[track_caller]
pub const fn check_reserved(field: &Field, texts: Texts, word: &str) {
    let is_fixed = is_of(word, FIXED) && !has(&["", ".", ".."], word);
    let needed = matches!(texts, Texts::Segments(rules) if is_fixed && may_be_text(rules, word));
    if !needed {
        let help = [
            " reserves `",
            word,
            "`, which is no value of it\n  help: remove it, or write the word as the path has it",
        ];
        fail(&["SA194: "], field, &[], &help);
    }
}

/// The letters of a fixed segment, also of one that is as written.
const FIXED: &[u8] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:;,=@$!'()*+";

/// Tells if a text is a fixed segment as paths have them: lower-case words with single hyphens between.
const fn is_word(text: &str) -> bool {
    let text = text.as_bytes();
    let mut index = 0;
    let mut hyphen = true;
    while index < text.len() {
        if text[index] == b'-' {
            if hyphen {
                return false;
            }
            hyphen = true;
        } else if text[index].is_ascii_lowercase() || text[index].is_ascii_digit() {
            hyphen = false;
        } else {
            return false;
        }
        index += 1;
    }
    !hyphen
}

const fn has(names: &[&str], word: &str) -> bool {
    let mut index = 0;
    while index < names.len() {
        if same(names[index], word) {
            return true;
        }
        index += 1;
    }
    false
}

/// Tells if a word consists of these letters.
const fn is_of(word: &str, letters: &[u8]) -> bool {
    let word = word.as_bytes();
    let mut index = 0;
    while index < word.len() {
        let mut place = 0;
        while place < letters.len() && letters[place] != word[index] {
            place += 1;
        }
        if place == letters.len() {
            return false;
        }
        index += 1;
    }
    true
}

/// Tells if each letter of a word is of the kind that the form has at its place: `0` is a digit, `h` a hexadecimal one.
const fn has_form(word: &str, form: &str) -> bool {
    let (word, form) = (word.as_bytes(), form.as_bytes());
    if word.len() != form.len() {
        return false;
    }
    let mut index = 0;
    while index < word.len() {
        let fits = match form[index] {
            b'0' => word[index].is_ascii_digit(),
            b'h' => word[index].is_ascii_hexdigit(),
            other => word[index] == other,
        };
        if !fits {
            return false;
        }
        index += 1;
    }
    true
}

/// Tells if a text is one segment of a path that every client sends as it is: not empty, neither `.` nor `..`, and
/// without what separates, escapes or controls.
pub(crate) fn is_segment(text: &str) -> bool {
    !matches!(text, "" | "." | "..")
        && !text
            .chars()
            .any(|letter| matches!(letter, '/' | '\\' | '?' | '#' | '%') || letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::{Texts, is_segment};
    use crate::input::{Leaf, Rules};

    #[test]
    fn a_segment_has_nothing_that_a_path_reads_otherwise() {
        for text in ["a", "a b", "ä", "a.b", "...", "1:2", "~", "a+b"] {
            assert!(is_segment(text), "{text}");
        }
        for text in ["", ".", "..", "a/b", "a\\b", "a?b", "a#b", "a%2Fb", "a\nb", "\u{7f}"] {
            assert!(!is_segment(text), "{text:?}");
        }
    }

    #[test]
    fn a_type_is_known_by_the_words_that_it_can_be() {
        static LOGIN: Rules = Rules::NONE.max_len(5).segment(&["login"]);
        assert!(!Texts::Uuid.may_be("search") && !Texts::Whole.may_be("search"));
        assert!(<i64 as Leaf>::TEXTS.may_hold("-{}") && !<u64 as Leaf>::TEXTS.may_hold("-{}"));
        assert!(Texts::Whole.may_be("2024") && Texts::Number.may_be("1e5"));
        assert!(Texts::Date.may_be("2024-01-31") && !Texts::Date.may_be("2024-01"));
        assert!(Texts::Uuid.may_be("00000000-0000-4000-8000-00000000000a"));
        assert!(Texts::Words.may_be("search") && Texts::Any.may_be("search"));
        // Where paths are as written, a segment may be more than a word.
        assert!(!Texts::Words.may_be("Search") && Texts::NoWord.may_be("10:00"));
        assert!(Texts::Number.may_be("1.5") && Texts::Any.may_be("Search.php"));
        assert!(Texts::Names(&["open", "paid"]).may_be("paid"));
        assert!(!Texts::Names(&["open", "paid"]).may_be("all") && !Texts::NoWord.may_be("all"));
        let text = Texts::Any.within(&LOGIN);
        assert!(text.may_be("me") && !text.may_be("login") && !text.may_be("logout"));
    }
}
