//! A pattern in an attribute: parsed here, brought to the one text that all readers read alike, anchored at both ends, its
//! length and size worked out.

use proc_macro2::TokenStream;
use quote::quote;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use syn::LitStr;

use crate::{diag::Diagnostics, message, path};

mod classes;
mod looking;
mod portable;

use portable::Unportable;

/// Largest pattern, in parts that an automaton is made of. It keeps what is compiled at run time well below
/// the limit of the `regex` crate.
const LARGEST: u64 = 50_000;

/// A pattern that can be read.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: String,
    shortest: u64,
    longest: Option<u64>,
    /// The ASCII characters that a match can have, a bit each.
    letters: u128,
}

/// Reads a pattern; one that is none or too large is reported.
pub(crate) fn parse(text: &LitStr, diag: &mut Diagnostics) -> Option<Pattern> {
    match read(&text.value()) {
        Ok(pattern) if pattern.1 <= LARGEST => return Some(pattern.0),
        Ok(_) => diag.report(text.span(), &message::PATTERN_LARGE, &[]),
        Err(Unusable::Unread(reason)) => match looking::without(&text.value()) {
            Some(rest) => {
                let rest = quote::ToTokens::to_token_stream(&LitStr::new(&rest, text.span()));
                let help = format!("write `{rest}`, and ask the rest by a `check`");
                diag.report_with(text, &message::PATTERN, &[&reason], &help);
            }
            None => diag.report(text.span(), &message::PATTERN, &[&reason]),
        },
        Err(Unusable::Unportable(Unportable { part, help })) => {
            let help = help.replace("`{}`", &format!("`{part}`"));
            diag.report(text.span(), &message::PATTERN_UNPORTABLE, &[&part, &help]);
        }
    }
    None
}

/// The reason for which a pattern cannot be taken.
#[derive(Debug)]
enum Unusable {
    Unread(String),
    Unportable(Unportable),
}

/// Reads the pattern and its size.
fn read(text: &str) -> Result<(Pattern, u64), Unusable> {
    // What is no pattern is told in the words of its parser.
    parse_hir(text).map_err(Unusable::Unread)?;
    let text = portable::text(text).map_err(Unusable::Unportable)?;
    anchored(text).map_err(Unusable::Unread)
}

/// Anchors a pattern at both ends and measures it.
fn anchored(text: String) -> Result<(Pattern, u64), String> {
    let hir = parse_hir(&text)?;
    let properties = hir.properties();
    let anchored = properties.look_set_prefix().contains(Look::Start)
        && properties.look_set_suffix().contains(Look::End);
    let text = if anchored { text } else { format!("^(?:{text})$") };
    // What is put around it may not change how it is read.
    let size = measure(&parse_hir(&text)?);
    let Size { shortest, longest, letters, parts } = size;
    Ok((Pattern { text, shortest, longest, letters }, parts))
}

fn parse_hir(text: &str) -> Result<Hir, String> {
    regex_syntax::Parser::new().parse(text).map_err(|error| match error {
        regex_syntax::Error::Parse(error) => error.kind().to_string(),
        regex_syntax::Error::Translate(error) => error.kind().to_string(),
        _ => "it is not a regular expression".to_owned(),
    })
}

/// Lengths in characters, the ASCII characters that can be there, and the size of the automaton in parts.
struct Size {
    shortest: u64,
    longest: Option<u64>,
    letters: u128,
    parts: u64,
}

fn measure(hir: &Hir) -> Size {
    let none = || Size { shortest: 0, longest: Some(0), letters: 0, parts: 1 };
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => none(),
        HirKind::Literal(literal) => {
            let bytes = &literal.0;
            let letters = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64;
            let ascii = bytes.iter().filter(|byte| byte.is_ascii()).map(|byte| 1 << byte);
            Size {
                shortest: letters,
                longest: Some(letters),
                letters: ascii.fold(0, |all, one: u128| all | one),
                parts: bytes.len() as u64,
            }
        }
        HirKind::Class(class) => {
            let (ranges, letters) = match class {
                Class::Unicode(class) => {
                    let ranges = class.ranges();
                    let ascii =
                        ranges.iter().map(|range| bits(range.start().into(), range.end().into()));
                    (ranges.len(), ascii.fold(0, |all, one| all | one))
                }
                Class::Bytes(class) => {
                    let ranges = class.ranges();
                    let ascii =
                        ranges.iter().map(|range| bits(range.start().into(), range.end().into()));
                    (ranges.len(), ascii.fold(0, |all, one| all | one))
                }
            };
            Size { shortest: 1, longest: Some(1), letters, parts: ranges as u64 + 1 }
        }
        HirKind::Capture(capture) => measure(&capture.sub),
        HirKind::Repetition(repetition) => {
            let one = measure(&repetition.sub);
            let most = repetition.max.map(u64::from);
            let copies = most.unwrap_or(u64::from(repetition.min) + 1).max(1);
            Size {
                shortest: one.shortest.saturating_mul(repetition.min.into()),
                longest: match (one.longest, most) {
                    (Some(0), _) => Some(0),
                    (Some(longest), Some(most)) => Some(longest.saturating_mul(most)),
                    (None, _) | (_, None) => None,
                },
                letters: one.letters,
                parts: one.parts.saturating_mul(copies).saturating_add(copies),
            }
        }
        HirKind::Concat(parts) => parts.iter().map(measure).fold(none(), |all, part| Size {
            shortest: all.shortest.saturating_add(part.shortest),
            longest: all.longest.zip(part.longest).map(|(all, part)| all.saturating_add(part)),
            letters: all.letters | part.letters,
            parts: all.parts.saturating_add(part.parts),
        }),
        HirKind::Alternation(parts) => {
            let sizes = parts.iter().map(measure);
            let either = sizes.reduce(|all, part| Size {
                shortest: all.shortest.min(part.shortest),
                longest: all.longest.zip(part.longest).map(|(all, part)| all.max(part)),
                letters: all.letters | part.letters,
                parts: all.parts.saturating_add(part.parts).saturating_add(1),
            });
            either.unwrap_or_else(none)
        }
    }
}

/// Returns the ASCII characters of a range, a bit each.
fn bits(start: u32, end: u32) -> u128 {
    (start..=end.min(127)).fold(0, |all, letter| all | 1 << letter)
}

/// Returns the arguments of `Rules::pattern`.
pub(crate) fn expand(pattern: &Pattern) -> TokenStream {
    let private = path::private();
    let Pattern { text, shortest, longest, letters } = pattern;
    let length = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
    let shortest = length(*shortest);
    let longest = match longest.map(length) {
        Some(longest) => quote!(::core::option::Option::Some(#longest)),
        None => quote!(::core::option::Option::None),
    };
    quote!({
        fn place() -> &'static #private::Pattern {
            static PATTERN: #private::Pattern = #private::Pattern::new(#text);
            &PATTERN
        }
        place
    }, #shortest, #longest, #letters)
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, read};

    /// Returns the lengths of the shortest and the longest text, in characters.
    fn lengths(text: &str) -> (u64, Option<u64>) {
        let (pattern, _) = read(text).expect("a pattern");
        (pattern.shortest, pattern.longest)
    }

    // R79
    #[test]
    fn a_pattern_implies_a_bound_where_nothing_in_it_repeats_for_ever() {
        assert_eq!(lengths("^[A-Z0-9-]{3,32}$"), (3, Some(32)));
        assert_eq!(lengths("ä|öü"), (1, Some(2)));
        assert_eq!(lengths("(a|bc)?d"), (1, Some(3)));
        assert_eq!(lengths("^a+$"), (1, None));
        assert_eq!(lengths("a*(b{2})*"), (0, None));
        assert_eq!(lengths(".{0,10}"), (0, Some(10)));
    }

    #[test]
    fn a_pattern_tells_which_ascii_characters_a_match_can_have() {
        let letters = |text: &str| {
            let (pattern, _) = read(text).expect("a pattern");
            let has = |letter: &char| pattern.letters & (1 << u32::from(*letter)) != 0;
            ('\0'..='\x7f').filter(has).collect::<String>()
        };
        assert_eq!(letters("^[A-C0-2-]{3,32}$"), "-012ABC");
        assert_eq!(letters("ä|(b.?c)*").len(), 127);
        assert_eq!(letters("x(?:yz)?[ä-ü]"), "xyz");
    }

    #[test]
    fn a_pattern_is_anchored_unless_it_is() {
        let text = |text: &str| read(text).expect("a pattern").0.text;
        assert_eq!(text("^a$"), "^a$");
        assert_eq!(text("a"), "^(?:a)$");
        assert_eq!(text("^a|b$"), "^(?:^a|b$)$");
    }

    #[test]
    fn a_pattern_means_the_same_to_all_readers() {
        for (written, published) in [
            ("^[A-Z0-9-]{3,32}$", "^[A-Z0-9-]{3,32}$"),
            (r"^\d{4}$", "^[0-9]{4}$"),
            (r"^\w+\.\w+$", r"^[A-Za-z0-9_]+\.[A-Za-z0-9_]+$"),
            (r"^[\w.-]{1,9}$", "^[A-Za-z0-9_.-]{1,9}$"),
            (r"^\D\W\S\s$", r"^[^0-9][^A-Za-z0-9_][^\t\n\u000B\u000C\r ][\t\n\u000B\u000C\r ]$"),
            ("^[[:alpha:]][[:digit:]_]$", "^[A-Za-z][0-9_]$"),
            ("(?i)^ab-[c-e]$", "^[Aa][Bb]-[c-eC-E]$"),
            ("^(?i:a)b$", "^(?:[Aa])b$"),
            ("^(?i)[^k]$", "^[^kK]$"),
            ("(?i)^[X-c]$", "^[X-cx-zA-C]$"),
            ("(?i)^[_-]9$", "^[_-]9$"),
            ("^a(?s).b(?-s).$", r"^a[\s\S]b[^\n]$"),
            (r"^[\s\S]{1,9}$", r"^[\s\S]{1,9}$"),
            ("(?x)^ a  b $ # two", "^ab$"),
            ("^(?P<year>[0-9]{4})(?<month>b)(c)$", "^(?:[0-9]{4})(?:b)(c)$"),
            ("^a{0,3}b{2}c{1,}d??e+?$", "^a{0,3}b{2}c{1,}d?e+$"),
            ("^(a{2}){3}b**$", "^(a{2}){3}(?:b*)*$"),
            (r"\Aa\z", "^a$"),
            (r"^\-\#\/\&\~\x41\u{e4}$", "^-#/&~A\u{e4}$"),
            (r"^[\]\[\^\\a\-z]$", r"^[\]\[\^\\a\-z]$"),
            ("^[&~-]{2}$", "^[&~-]{2}$"),
            (r"^[&\&]$", r"^[&\u0026]$"),
            (r"^[\x00-\x1f\u{a0}]$", r"^[\u0000-\u001F\u00A0]$"),
            (r"^\pL\p{Nd}\P{Zs}[\p{L} '-]$", r"^\p{L}\p{Nd}\P{Zs}[\p{L} '-]$"),
        ] {
            let (pattern, _) = read(written).unwrap_or_else(|why| panic!("{written}: {why:?}"));
            assert_eq!(pattern.text, published, "{written}");
            assert_eq!(read(published).expect("it is read").0.text, published, "{published}");
        }
        for written in [
            r"\bа\b",
            r"a\B",
            r"\b{start}a",
            r"\<a",
            "(?m)^a$",
            "(?R)a",
            "(?-u)a",
            "[a&&[b]]",
            "[a-z--b]",
            "[[a]b]",
            "[^[a]]",
            r"[\Da]",
            "[[:^alpha:]]",
            "[[:graph:]]",
            r"\p{Greek}",
            r"\p{sc=Greek}",
            r"\p{letter}",
            r"(?i)\p{Lu}",
            "(?i)\u{e4}",
            "(?i)[\u{e4}-\u{f6}]",
        ] {
            let told = read(written).map(|(pattern, _)| pattern.text);
            assert!(matches!(told, Err(super::Unusable::Unportable(_))), "{written}: {told:?}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused_with_a_reason() {
        for text in ["[a-", "(?=a)", r"\1", "a{2,1}"] {
            let told = read(text).map(|(pattern, _)| pattern.text);
            assert!(
                matches!(&told, Err(super::Unusable::Unread(reason)) if !reason.contains('\n')),
                "{text}: {told:?}"
            );
        }
        assert!(read(r"\p{L}{2000}").expect("a pattern").1 > LARGEST);
        assert!(read(r"^[\p{L} '-]{1,60}$").expect("a pattern").1 <= LARGEST);
    }
}
