//! The parameters of a field's value: `name=value`, the value a token or quoted (RFC 9110, sections 5.6.2, 5.6.4 and
//! 5.6.6).

use std::borrow::Cow;

/// Splits a text at a separator, but not inside of quotes.
pub(crate) fn outside_quotes(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (mut quoted, mut escaped) = (false, false);
        let end = text.bytes().position(|byte| {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                _ => return byte == separator && !quoted,
            }
            false
        });
        let Some(end) = end else {
            rest = None;
            return Some(text);
        };
        rest = Some(&text[end + 1..]);
        Some(&text[..end])
    })
}

/// Reads a parameter: its name, and its value without quotes. There are no blanks around the `=`.
pub(crate) fn media_parameter(text: &str) -> Option<(&str, Cow<'_, str>)> {
    let (name, value) = text.split_once('=')?;
    if !is_token(name) {
        return None;
    }
    if is_token(value) {
        return Some((name, value.into()));
    }
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains(['\\', '"']) {
        return Some((name, inner.into()));
    }
    let mut plain = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.push(letters.next()?),
            '"' => return None,
            letter => plain.push(letter),
        }
    }
    Some((name, plain.into()))
}

/// Returns `true` if a token can have this byte in it (RFC 9110, section 5.6.2).
pub(in crate::input) fn is_token_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte)
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.as_bytes().iter().all(is_token_byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_separator_in_quotes_separates_nothing() {
        let split = |text| outside_quotes(text, b';').collect::<Vec<_>>();
        assert_eq!(split("a;b"), ["a", "b"]);
        assert_eq!(split(""), [""]);
        assert_eq!(split(";"), ["", ""]);
        assert_eq!(split(r#"a="x;y\";z";b"#), [r#"a="x;y\";z""#, "b"]);
        assert_eq!(split(r#"a="x;b"#), [r#"a="x;b"#]);
    }

    #[test]
    fn a_value_is_a_token_or_quoted() {
        for (text, value) in [
            ("charset=utf-8", "utf-8"),
            (r#"charset="utf-8""#, "utf-8"),
            (r#"charset="utf\-8""#, "utf-8"),
            (r#"a="""#, ""),
            (r#"a="\"\\""#, r#""\"#),
        ] {
            assert_eq!(
                media_parameter(text).map(|(_, value)| value.into_owned()).as_deref(),
                Some(value)
            );
        }
        for text in [
            "a",
            "a=",
            "=b",
            "a =b",
            "a= b",
            "a=\"b",
            "a=b\"",
            "a=\"",
            r#"a="b\""#,
            "a=\"b\"c\"",
            "a=b=c",
            "a=b c",
        ] {
            assert_eq!(media_parameter(text), None, "{text}");
        }
    }
}
