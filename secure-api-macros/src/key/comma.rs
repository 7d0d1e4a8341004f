//! Commas that are missing inside of a value, or after it where the next key reads as a part of it.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::parse::ParseStream;

use crate::message;

/// Reports a comma that is missing between two entries of a list, as `[Role::Support Role::Admin]`, or between an open range and
/// the next key, as `Version::V1.. role = …`: the reader of expressions would say it of another place, or twice.
pub(super) fn in_value(input: ParseStream<'_>) -> syn::Result<()> {
    let ahead = input.cursor();
    if let Some((inside, _, _)) = ahead.group(Delimiter::Bracket) {
        return match lacking(&inside.token_stream()) {
            Some((span, next)) => Err(error(span, &next, "it stands between two entries")),
            None => Ok(()),
        };
    }
    let mut before: Vec<TokenTree> = Vec::new();
    let mut rest = ahead;
    while let Some((token, next)) = rest.token_tree() {
        let is_range = matches!(&before[..], [.., TokenTree::Punct(one), TokenTree::Punct(two)] if one.as_char() == '.' && two.as_char() == '.');
        let is_key = matches!(next.punct(), Some((mark, after))
            if mark.as_char() == '=' && after.punct().is_none_or(|(mark, _)| mark.as_char() != '='));
        match &token {
            TokenTree::Punct(mark) if mark.as_char() == ',' => return Ok(()),
            TokenTree::Ident(key) if is_range && is_key => {
                return Err(error(key.span(), &key.to_string(), "it stands between two keys"));
            }
            _ => before.push(token),
        }
        rest = next;
    }
    Ok(())
}

/// Reports a comma that is missing between two entries of a list in parentheses, as `fields(id note)`.
pub(crate) fn between(list: &TokenStream) -> syn::Result<()> {
    match lacking(list) {
        Some((span, next)) => Err(error(span, &next, "it stands between two entries")),
        None => Ok(()),
    }
}

/// Returns the first value that follows another one without anything between the two.
fn lacking(tokens: &TokenStream) -> Option<(Span, String)> {
    // A keyword, as that of a cast, may stand between two.
    let is_name = |word: &Ident| syn::parse_str::<Ident>(&word.to_string()).is_ok();
    let ends = |token: &TokenTree| match token {
        TokenTree::Ident(word) => is_name(word),
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        TokenTree::Literal(_) => true,
        TokenTree::Punct(_) => false,
    };
    let begins = |token: &TokenTree| match token {
        TokenTree::Ident(word) => is_name(word),
        TokenTree::Literal(_) => true,
        TokenTree::Group(_) | TokenTree::Punct(_) => false,
    };
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let pair = tokens.windows(2).find(|pair| ends(&pair[0]) && begins(&pair[1]))?;
    Some((pair[1].span(), pair[1].to_string()))
}

fn error(span: Span, next: &str, place: &str) -> syn::Error {
    let help = format!("write `,` before `{next}`: {place}");
    syn::Error::new(span, message::GRAMMAR.render(&["a `,` is missing before this", &help]))
}
