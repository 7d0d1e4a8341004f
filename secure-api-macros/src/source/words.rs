//! The words and marks of a source file, without its comments and the insides of its texts.

use std::ops::Range;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name, a keyword or a number.
    Word(Range<usize>),
    /// One character that is none of a name, and not blank.
    Mark(usize, u8),
    /// A text or a character.
    Text(Range<usize>),
}

/// Returns them in order. Of a file that the compiler would refuse, whatever comes first is returned.
pub(super) fn of(source: &str) -> Vec<Token> {
    let bytes = source.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        if rest.starts_with(b"//") {
            at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        } else if rest.starts_with(b"/*") {
            at += comment(rest);
        } else if let Some(length) = text(rest) {
            tokens.push(Token::Text(at..at + length));
            at += length;
        } else if is_of_word(byte) {
            let length = rest.iter().take_while(|byte| is_of_word(**byte)).count();
            tokens.push(Token::Word(at..at + length));
            at += length;
        } else {
            if !byte.is_ascii_whitespace() {
                tokens.push(Token::Mark(at, byte));
            }
            at += 1;
        }
    }
    tokens
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Returns the length of a comment, with those in it.
fn comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// Returns the length of the text or character that stands at the beginning, with its prefix. A lifetime is none.
fn text(rest: &[u8]) -> Option<usize> {
    let prefix = [&b"br"[..], b"cr", b"b", b"c", b"r", b""].into_iter().find(|prefix| {
        let after = rest.strip_prefix(*prefix);
        after.and_then(<[u8]>::first).is_some_and(|next| match next {
            b'"' => true,
            b'#' => prefix.ends_with(b"r"),
            b'\'' => matches!(*prefix, b"" | b"b"),
            _ => false,
        })
    })?;
    let begin = prefix.len();
    if prefix.ends_with(b"r") {
        let fence = rest[begin..].iter().take_while(|byte| **byte == b'#').count();
        // A raw name, as `r#type`.
        if rest.get(begin + fence) != Some(&b'"') {
            return None;
        }
        let end = [b"\"", &b"#".repeat(fence)[..]].concat();
        let inside = begin + fence + 1;
        let length = rest[inside..].windows(end.len()).position(|window| window == end);
        return Some(length.map_or(rest.len(), |length| inside + length + end.len()));
    }
    let mark = rest[begin];
    if mark == b'\'' && rest.get(begin + 1) != Some(&b'\\') {
        // One character, of up to four bytes, between two marks.
        let end = (begin + 2..begin + 6).find(|at| rest.get(*at) == Some(&b'\''))?;
        let one = std::str::from_utf8(&rest[begin + 1..end]).ok()?;
        return (one.chars().count() == 1).then_some(end + 1);
    }
    let mut at = begin + 1;
    while let Some(byte) = rest.get(at) {
        match byte {
            b'\\' => at += 2,
            byte if *byte == mark => return Some(at + 1),
            _ => at += 1,
        }
    }
    Some(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<&str> {
        let shown = |token| match token {
            Token::Word(range) | Token::Text(range) => &source[range],
            Token::Mark(at, _) => &source[at..=at],
        };
        of(source).into_iter().map(shown).collect()
    }

    /// Texts, characters and comments hide what stands in them, and a lifetime is no character.
    #[test]
    fn what_is_in_a_text_is_no_word() {
        assert_eq!(
            shown("a<'b> /* c /* d */ \" */ \"e\\\" {\" // f\n'\\'' '\"' 'é' g"),
            ["a", "<", "'", "b", ">", "\"e\\\" {\"", "'\\''", "'\"'", "'é'", "g"],
        );
        assert_eq!(
            shown("r#\"a\"b\"#;br\"\\\" r#type b'}' c\"d\" 'x: loop"),
            [
                "r#\"a\"b\"#",
                ";",
                "br\"\\\"",
                "r",
                "#",
                "type",
                "b'}'",
                "c\"d\"",
                "'",
                "x",
                ":",
                "loop"
            ],
        );
        assert_eq!(shown("\"open"), ["\"open"]);
        assert_eq!(shown("/* open"), [""; 0]);
    }
}
