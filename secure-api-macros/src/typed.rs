//! Tokens as a person would type them, for a help that is pasted.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Marks with a blank on either side.
const APART: &[&str] = &["=", "=>", "==", "!=", "->", "+", "*", "/", "|", "||", "&&", "+=", "-="];

/// Returns the tokens with blanks where they are usual.
pub(crate) fn typed(tokens: &TokenStream) -> String {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut text = String::new();
    // The last thing was a name or a literal, so that the next one needs a blank.
    let mut is_word = false;
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        place += 1;
        match token {
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if is_word {
                    text.push(' ');
                }
                text.push_str(&token.to_string());
                is_word = true;
            }
            TokenTree::Group(group) => {
                let inside = typed(&group.stream());
                match group.delimiter() {
                    Delimiter::Parenthesis => text.push_str(&format!("({inside})")),
                    Delimiter::Bracket => text.push_str(&format!("[{inside}]")),
                    Delimiter::Brace => {
                        if is_word {
                            text.push(' ');
                        }
                        text.push_str(&format!("{{ {inside} }}"));
                    }
                    Delimiter::None => text.push_str(&inside),
                }
                is_word = true;
            }
            TokenTree::Punct(first) => {
                let mut mark = first.as_char().to_string();
                let mut last = first.spacing();
                while last == Spacing::Joint
                    && let Some(TokenTree::Punct(next)) = tokens.get(place)
                    && ![',', ';'].contains(&next.as_char())
                {
                    mark.push(next.as_char());
                    last = next.spacing();
                    place += 1;
                }
                match mark.as_str() {
                    "'" => {
                        text.push('\'');
                    }
                    "," | ";" | ":" => {
                        text.push_str(&mark);
                        if tokens.get(place).is_some() {
                            text.push(' ');
                        }
                    }
                    mark if APART.contains(&mark) || mark == "-" && is_word => {
                        text.push_str(&format!(" {mark} "));
                    }
                    mark => text.push_str(mark),
                }
                is_word = false;
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens come back as they were typed.
    #[test]
    fn tokens_are_shown_as_they_are_typed() {
        let texts = [
            "version = Version::V1.., role = [Role::A, Role::B], public = \"a b\"",
            "view(mine => Own, Role::A => Desk, _ => Line)",
            "after(checkout, within = Duration::from_secs(30 * 60))",
            "Json(Health { up: true, low: -1 })",
            "Result<Page<Authorized<Note>>, StoreError>",
            "range = 1..=100, a - 1",
        ];
        for text in texts {
            let tokens: TokenStream = text.parse().expect("tokens");
            assert_eq!(typed(&tokens), text);
        }
    }
}
