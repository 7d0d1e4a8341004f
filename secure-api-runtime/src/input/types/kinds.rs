//! The kinds of JSON that a value may be, and its texts where they are few, as constants.

use crate::{
    compose::same,
    input::{Needs, Node},
    shape::FreeBounds,
};

/// The kinds of JSON that a value may be, and its texts where they are few.
#[derive(Debug, Clone, Copy)]
pub struct Kinds {
    bits: u8,
    words: Words,
}

/// The texts that a value may be.
#[derive(Debug, Clone, Copy)]
enum Words {
    Any,
    Few(&'static [&'static str]),
    One(&'static str),
}

/// The kinds of JSON, each with its name, by the place of its bit.
const NAMES: [&str; 6] = ["null", "`true`", "a number", "a text", "a list", "an object"];

impl Kinds {
    /// All kinds: nothing is known.
    pub const ANY: Self = Self::bits(0b11_1111);
    /// No kind, of a type that has a mistake of its own.
    pub const NONE: Self = Self::bits(0);
    const NULL: Self = Self::bits(1);
    /// `true` and `false`.
    pub const BOOLEAN: Self = Self::bits(2);
    /// A number.
    pub const NUMBER: Self = Self::bits(4);
    /// A text.
    pub const TEXT: Self = Self::bits(8);
    /// A list.
    pub const LIST: Self = Self::bits(16);
    /// An object.
    pub const OBJECT: Self = Self::bits(32);

    const fn bits(bits: u8) -> Self {
        Self { bits, words: Words::Any }
    }

    /// Creates the kinds of one of these texts.
    pub const fn words(words: &'static [&'static str]) -> Self {
        Self { words: Words::Few(words), ..Self::TEXT }
    }

    pub(super) const fn word(word: &'static str) -> Self {
        Self { words: Words::One(word), ..Self::TEXT }
    }

    /// Returns the kinds of what needs these bounds.
    pub(super) const fn of(needs: &Needs) -> Self {
        match needs {
            Needs::Free(FreeBounds { object: true, .. }) => Self::OBJECT,
            Needs::Nothing | Needs::File | Needs::Free(_) => Self::ANY,
            Needs::Object | Needs::Upload | Needs::Map(..) => Self::OBJECT,
            Needs::Text | Needs::Secret | Needs::Formed { .. } => Self::TEXT,
            Needs::Whole { .. } | Needs::Float => Self::NUMBER,
            Needs::Truth => Self::BOOLEAN,
            Needs::List(_) => Self::LIST,
        }
    }

    /// Returns the same, and null.
    #[must_use]
    pub(super) const fn or_null(self) -> Self {
        Self { bits: self.bits | Self::NULL.bits, ..self }
    }

    const fn knows(&self, word: &str) -> bool {
        match self.words {
            Words::Any => true,
            Words::One(one) => same(one, word),
            Words::Few(words) => {
                let mut index = 0;
                while index < words.len() {
                    if same(words[index], word) {
                        return true;
                    }
                    index += 1;
                }
                false
            }
        }
    }

    /// Returns the first text that both know, where one of them has but a few.
    const fn common(&self, other: &Self) -> Option<&'static str> {
        match (self.words, other.words) {
            (Words::Any, Words::Any) => Some(""),
            (Words::Any, _) => other.common(self),
            (Words::One(word), _) => {
                if other.knows(word) {
                    Some(word)
                } else {
                    None
                }
            }
            (Words::Few(words), _) => {
                let mut index = 0;
                while index < words.len() {
                    if other.knows(words[index]) {
                        return Some(words[index]);
                    }
                    index += 1;
                }
                None
            }
        }
    }

    /// Returns a kind that both are: its name, and the text where there is one.
    pub(super) const fn shared(&self, other: &Self) -> Option<(&'static str, &'static str)> {
        let both = self.bits & other.bits;
        let mut place = 0;
        while place < NAMES.len() {
            if both & 1 << place != 0 {
                if 1 << place != Self::TEXT.bits {
                    return Some((NAMES[place], ""));
                }
                if let Some(word) = self.common(other) {
                    return Some((NAMES[place], word));
                }
            }
            place += 1;
        }
        None
    }

    /// Returns the names of the kinds.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let bits = self.bits;
        let names = NAMES.iter().enumerate();
        names.filter(move |(place, _)| bits & 1 << place != 0).map(|(_, name)| match *name {
            "`true`" => "true or false",
            name => name,
        })
    }

    /// Returns `true` if a value is of one of the kinds; its texts are not looked at.
    pub(super) fn admit(&self, node: &Node<'_>) -> bool {
        let kind = match node {
            Node::Null => Self::NULL,
            Node::Bool(_) => Self::BOOLEAN,
            Node::Number(_) => Self::NUMBER,
            Node::Text(_) => Self::TEXT,
            Node::List(_) => Self::LIST,
            Node::Object(_) => Self::OBJECT,
            Node::Absent | Node::File(_) | Node::Refused(_) => return false,
        };
        self.bits & kind.bits != 0
    }

    /// Returns `true` if a value is of one of the kinds, and one of the texts where there are few.
    pub(super) fn admit_wholly(&self, node: &Node<'_>) -> bool {
        self.admit(node) && !matches!(node, Node::Text(text) if !self.knows(text))
    }
}
