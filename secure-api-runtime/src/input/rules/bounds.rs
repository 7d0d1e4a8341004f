//! The compile-time check that every part of an input has a bound. Whether each bound fits its type is in `fit`.
//!
//! The checks run in constants of the generated code, one for each field, and stop the compilation with a
//! sentence about that field. So they see through type aliases and `Option`.

use crate::{compose::Text, shape::FreeBounds};

use super::{reads::FREE, rule::Rule};
use crate::input::{Field, Rules};

/// The bounds that a type demands.
#[derive(Debug, Clone, Copy)]
pub enum Needs {
    /// No bounds: it brings its own.
    Nothing,
    /// No bounds: it is a text of a form of its own, which may be shorter still.
    Formed {
        /// The fewest characters of the form.
        shortest: usize,
        /// The most characters of the form.
        longest: usize,
    },
    /// No bounds: its fields have theirs.
    Object,
    /// No bounds: its fields have theirs, and some of them are files.
    Upload,
    /// A largest number of bytes, and kinds.
    File,
    /// No bounds: its type has them, which are looked at.
    Free(FreeBounds),
    /// A longest text.
    Text,
    /// A longest text; it is not cleaned.
    Secret,
    /// A range of whole numbers, within those the type holds.
    Whole {
        /// The smallest number the type holds.
        lowest: i128,
        /// The greatest number the type holds.
        highest: i128,
    },
    /// A range of numbers.
    Float,
    /// Nothing; it may be one of true and false alone.
    Truth,
    /// A number of items, and what each item needs.
    List(&'static Needs),
    /// A number of entries, and what each name and each value needs.
    Map(&'static Needs, &'static Needs),
}

impl Needs {
    /// Returns `true` of what is one text in a header, a query or a part.
    pub(in crate::input) const fn is_single(&self) -> bool {
        matches!(
            self,
            Self::Nothing
                | Self::Formed { .. }
                | Self::Text
                | Self::Secret
                | Self::Whole { .. }
                | Self::Float
                | Self::Truth
        )
    }

    /// Returns `true` of a secret, and of lists and maps of one.
    pub(in crate::input) const fn is_secret(&self) -> bool {
        match self {
            Self::Secret => true,
            Self::List(item) | Self::Map(_, item) => item.is_secret(),
            _ => false,
        }
    }
}

impl Needs {
    pub(in crate::input) const fn fits(&self, rule: Rule) -> bool {
        if matches!(rule, Rule::Json) {
            return !matches!(
                self,
                Self::Nothing
                    | Self::Formed { .. }
                    | Self::Text
                    | Self::Secret
                    | Self::Whole { .. }
                    | Self::Float
                    | Self::Truth
                    | Self::Upload
                    | Self::File
                    | Self::List(Self::File)
            );
        }
        match self {
            Self::Object => matches!(rule, Rule::Depth),
            Self::Nothing | Self::Upload | Self::Free(_) => false,
            Self::Formed { .. } => matches!(rule, Rule::MaxLen),
            Self::File => matches!(rule, Rule::MaxBytes | Rule::Kinds),
            Self::Text => {
                matches!(
                    rule,
                    Rule::Text
                        | Rule::Email
                        | Rule::MinLen
                        | Rule::MaxLen
                        | Rule::Pattern
                        | Rule::Contains
                        | Rule::Excludes
                )
            }
            Self::Secret => matches!(rule, Rule::MinLen | Rule::MaxLen | Rule::Pattern),
            Self::Whole { .. } => {
                matches!(rule, Rule::Range | Rule::MultipleOf | Rule::OneOf)
            }
            Self::Float => matches!(rule, Rule::Range),
            Self::Truth => matches!(rule, Rule::Only),
            // Two files of the same bytes are two files.
            Self::List(Self::File) => matches!(rule, Rule::Items | Rule::Each),
            Self::List(item) => match rule {
                Rule::Depth => item.fits(rule),
                rule => matches!(rule, Rule::Items | Rule::Each | Rule::Unique | Rule::Separated),
            },
            Self::Map(_, value) => match rule {
                Rule::Depth => value.fits(rule),
                rule => matches!(rule, Rule::Items | Rule::Each | Rule::Keys),
            },
        }
    }

    pub(in crate::input) const fn is_what(&self) -> &'static str {
        match self {
            Self::Nothing | Self::Formed { .. } => "a value that brings its own bounds",
            Self::Object => "an object",
            Self::Upload => "an object with files",
            Self::Free(_) => "free JSON",
            Self::File => "a file",
            Self::Text => "text",
            Self::Secret => "a secret, which is taken as it was sent",
            Self::Whole { .. } => "a whole number",
            Self::Float => "a number",
            Self::Truth => "true or false",
            Self::List(Self::File) => "a list of files",
            Self::List(_) => "a list",
            Self::Map(..) => "a map",
        }
    }
}

/// A level of a field's type, from the outside in: the items of a list, or the values and names of a map.
#[derive(Debug, Clone, Copy)]
pub enum Level {
    /// The items of a list, the values of a map.
    Each,
    /// The names of a map.
    Keys,
}

/// Fails with a diagnostic about a field, or about a part of it.
#[track_caller]
pub(in crate::input) const fn fail(
    start: &[&str],
    field: &Field,
    levels: &[Level],
    rest: &[&str],
) -> ! {
    let mut text = Text::new();
    text.push_all(start);
    text.push_all(&["`", field.name]);
    let mut index = 0;
    while index < levels.len() {
        text.push(match levels[index] {
            Level::Each => "[]",
            Level::Keys => "{}",
        });
        index += 1;
    }
    text.push("`");
    text.push_all(rest);
    text.fail()
}

/// Checks that a field has the bounds its type needs, and its parts have theirs.
#[track_caller]
pub const fn check_bounds(field: &Field) {
    bounded(field, &field.ty.needs, &field.rules, &mut [Level::Each; MOST_LEVELS], 0);
}

/// The deepest nesting of lists and maps around a value; a request nests no deeper.
const MOST_LEVELS: usize = 32;

#[track_caller]
const fn bounded(
    field: &Field,
    needs: &Needs,
    rules: &Rules,
    path: &mut [Level; MOST_LEVELS],
    depth: usize,
) {
    let (levels, _) = path.split_at(depth);
    match needs {
        Needs::Nothing | Needs::Formed { .. } | Needs::Truth | Needs::Object => {}
        Needs::Free(bounds) => {
            if !bounds.admits_something() {
                fail(&["SA542: "], field, levels, &[FREE])
            }
        }
        Needs::Upload => {
            let help = " puts files below the first level of an input\n  help: an upload has one level: name the file \
                        in the input that is uploaded";
            fail(&["SA530: "], field, levels, &[help])
        }
        Needs::File => {
            if rules.max_bytes.is_none() || rules.kinds.is_none() {
                let help = " is a file without a bound\n  help: write `max_bytes = 5 * MIB, kinds = \
                            [FileKind::Png]`: how large, and of which kinds; for the items of a list inside `each(…)`";
                fail(&["SA526: "], field, levels, &[help])
            }
        }
        Needs::Text | Needs::Secret => {
            if rules.longest().is_none() {
                let help = " is text without a bound\n  help: write `max_len = 80`, or a `pattern` or `email` \
                            that implies one; for the items of a list inside `each(…)`";
                fail(&["SA501: "], field, levels, &[help])
            }
        }
        Needs::Whole { .. } | Needs::Float => {
            if rules.range.is_none() && rules.one_of.is_none() {
                let help = " is a number without a range\n  help: write `range = 0..=100`, the smallest and \
                            the greatest; for the items of a list inside `each(…)`";
                fail(&["SA503: "], field, levels, &[help])
            }
        }
        Needs::List(_) | Needs::Map(..) => {
            if rules.items.is_none() {
                let is_bytes =
                    matches!(needs, Needs::List(Needs::Whole { lowest: 0, highest: 255 }));
                let help = match is_bytes {
                    true => {
                        " is a list without a bound\n  help: take an `UploadedFile` for bytes, or write `items = 0..=50`, \
                         the fewest and the most"
                    }
                    false => {
                        " is a list without a bound\n  help: write `items = 0..=50`, the fewest and the most"
                    }
                };
                fail(&["SA502: "], field, levels, &[help])
            }
            if let Needs::Map(key, _) = needs {
                path[depth] = Level::Keys;
                bounded(field, key, rules.of_keys(), path, depth + 1);
            }
            if let Needs::List(item) | Needs::Map(_, item) = needs {
                path[depth] = Level::Each;
                bounded(field, item, rules.of_items(), path, depth + 1);
            }
        }
    }
}

/// Checks that a field whose name, or that of its type, is one of a secret is no plain text.
#[track_caller]
pub const fn check_secret(field: &Field) {
    if field.ty.text {
        let help = " looks like a secret and is plain text\n  help: take `Secret<String>`, or write \
                    `#[input(allow(plain_secret, reason = \"…\"))]`";
        fail(&["SA521: "], field, &[], &[help])
    }
}

/// Checks that a field which may be a secret in plain text is one.
#[track_caller]
pub const fn check_secret_allowed(field: &Field) {
    if !field.ty.text {
        let help = "SA524: `plain_secret` is not forbidden here\n  help: remove the exception: it would hide a later mistake";
        crate::compose::fail(&[help])
    }
}

/// Checks what every field has to be: bounded, and no bare key of an object, which nobody has loaded and of which nobody
/// was asked if the caller may.
#[track_caller]
pub const fn check_field(field: &Field) {
    if field.ty.key {
        let help = " is the bare key of an object, which nobody has loaded or permitted\n  help: take `Ref<…>` of the object, \
                    or say why a key is enough: `#[input(key = \"…\")]`";
        fail(&["SA192: "], field, &[], &[help])
    }
    check_bounds(field);
}
