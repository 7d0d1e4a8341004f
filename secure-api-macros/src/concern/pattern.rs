//! A pattern in an attribute: parsed here, anchored at both ends, its length and size worked out.

use proc_macro2::TokenStream;
use quote::quote;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use syn::LitStr;

use crate::{diag::Diagnostics, message, path};

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
        Err(reason) => diag.report(text.span(), &message::PATTERN, &[&reason]),
    }
    None
}

/// Reads the pattern and its size.
fn read(text: &str) -> Result<(Pattern, u64), String> {
    let hir = parse_hir(text)?;
    let properties = hir.properties();
    let anchored = properties.look_set_prefix().contains(Look::Start)
        && properties.look_set_suffix().contains(Look::End);
    let text = if anchored { text.to_owned() } else { format!("^(?:{text})$") };
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
        assert_eq!(text("(?m)^a$"), "^(?:(?m)^a$)$");
    }

    #[test]
    fn what_is_no_pattern_is_refused_with_a_reason() {
        for text in ["[a-", "(?=a)", r"\1", "a{2,1}", "(?x)a # b"] {
            assert!(read(text).is_err_and(|reason| !reason.contains('\n')), "{text}");
        }
        assert!(read(r"\w{2000}").expect("a pattern").1 > LARGEST);
        assert!(read(r"^[\p{L} '-]{1,60}$").expect("a pattern").1 <= LARGEST);
    }
}
