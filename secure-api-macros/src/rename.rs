//! `rename_all = "camelCase"`: the names of members and of values as a contract writes them, by serde's eight ways.

use crate::{
    diag::Diagnostics,
    key::{self, Key},
    message, path,
};

/// A way to write names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// All of them, by the names that serde has for them.
const CASES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

/// The ways of an item: of its own names, and of the fields of an enum's variants.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cases {
    pub(crate) own: Option<Case>,
    pub(crate) fields: Option<Case>,
}

impl Cases {
    /// Reads `rename_all` and `rename_all_fields` among the keys of an item. What is wrong with them is reported.
    pub(crate) fn read(keys: &[Key], diag: &mut Diagnostics) -> Self {
        let mut read = |name: &str| {
            let key = keys.iter().find(|key| key.is(name))?;
            Case::read(key, diag)
        };
        Self { own: read("rename_all"), fields: read("rename_all_fields") }
    }

    /// Returns the name of a variant: in kebab case, unless another way is stated.
    pub(crate) fn variant(self, name: &str) -> String {
        self.own.map_or_else(|| path::kebab_case(name), |case| case.variant(name))
    }
}

impl Case {
    fn read(key: &Key, diag: &mut Diagnostics) -> Option<Self> {
        let text = key.text(diag)?;
        let written = text.value();
        let case = CASES.iter().find(|(name, _)| *name == written).map(|(_, case)| *case);
        if case.is_none() {
            let names = CASES.map(|(name, _)| name);
            let wrong = format!("`{written}` is no way to write names");
            let help = key::nearest(&written, &names);
            diag.report(text.span(), &message::GRAMMAR, &[&wrong, &help]);
        }
        case
    }

    /// Returns the name of a field, which is written in snake case.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => {
                let words = name.split('_').map(|word| first(word, char::to_ascii_uppercase));
                words.collect()
            }
            Self::Camel => first(&Self::Pascal.field(name), char::to_ascii_lowercase),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => Self::Upper.field(name).replace('_', "-"),
        }
    }

    /// Returns the name of a variant, which is written in Pascal case.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Pascal => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Camel => first(name, char::to_ascii_lowercase),
            Self::Snake => {
                let mut text = String::new();
                for letter in name.chars() {
                    if letter.is_uppercase() && !text.is_empty() {
                        text.push('_');
                    }
                    text.push(letter.to_ascii_lowercase());
                }
                text
            }
            Self::ScreamingSnake => Self::Snake.variant(name).to_ascii_uppercase(),
            Self::Kebab => Self::Snake.variant(name).replace('_', "-"),
            Self::ScreamingKebab => Self::ScreamingSnake.variant(name).replace('_', "-"),
        }
    }
}

/// Returns a word whose first letter is changed.
fn first(word: &str, change: fn(&char) -> char) -> String {
    let mut letters = word.chars();
    letters.next().map(|letter| change(&letter)).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Each row is what serde_derive makes of the two names.
    #[test]
    fn names_are_written_as_serde_writes_them() {
        for (name, field, variant) in [
            ("lowercase", "very_tasty", "verytasty"),
            ("UPPERCASE", "VERY_TASTY", "VERYTASTY"),
            ("PascalCase", "VeryTasty", "VeryTasty"),
            ("camelCase", "veryTasty", "veryTasty"),
            ("snake_case", "very_tasty", "very_tasty"),
            ("SCREAMING_SNAKE_CASE", "VERY_TASTY", "VERY_TASTY"),
            ("kebab-case", "very-tasty", "very-tasty"),
            ("SCREAMING-KEBAB-CASE", "VERY-TASTY", "VERY-TASTY"),
        ] {
            let case = CASES.iter().find(|(known, _)| *known == name).map(|(_, case)| *case);
            assert_eq!(case.map(|case| case.field("very_tasty")).as_deref(), Some(field), "{name}");
            let made = case.map(|case| case.variant("VeryTasty"));
            assert_eq!(made.as_deref(), Some(variant), "{name}");
        }
        assert_eq!(Case::Camel.field("x"), "x");
        assert_eq!(Case::Snake.variant("OAuth2"), "o_auth2");
        assert_eq!(Case::Camel.field("line_2"), "line2");
    }
}
