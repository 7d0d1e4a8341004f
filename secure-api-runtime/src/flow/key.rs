//! The `Idempotency-Key` header: one string of RFC 9651, as the draft on idempotency keys has it.

use http::{HeaderMap, HeaderName};

use super::LONGEST_KEY;
use crate::error::{Problem, problem};

static IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A key as the caller chose it. It may be guessable, so it means something only together with its caller.
pub(crate) struct IdempotencyKey(Box<str>);

impl IdempotencyKey {
    /// Returns the only key of the request: a string in quotes, not empty, without parameters.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let refused = |why: &'static str| Err(Problem::new(&problem::IDEMPOTENCY_KEY).because(why));
        let mut values = headers.get_all(&IDEMPOTENCY_KEY).iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            return refused("there is not one Idempotency-Key");
        };
        if value.len() > LONGEST_KEY {
            return refused("the Idempotency-Key is too long");
        }
        match read_string(value.as_bytes()) {
            Some(key) if !key.is_empty() => Ok(Self(key.into())),
            _ => refused("the Idempotency-Key is not a string in quotes"),
        }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Parses a string in double quotes (RFC 9651, section 4.2.5): visible ASCII and spaces, of which `"` and `\` are
/// escaped.
fn read_string(bytes: &[u8]) -> Option<String> {
    let inner = bytes.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut text = String::with_capacity(inner.len());
    let mut bytes = inner.iter();
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'\\' => bytes.next().filter(|escaped| matches!(escaped, b'"' | b'\\'))?,
            b'"' => return None,
            byte => byte,
        };
        if !matches!(byte, b' '..=b'~') {
            return None;
        }
        text.push(char::from(*byte));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(values: &[&[u8]]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(&IDEMPOTENCY_KEY, HeaderValue::from_bytes(value).expect("a header"));
        }
        IdempotencyKey::of(&headers).ok().map(|key| key.0.into())
    }

    // R116
    #[test]
    fn a_key_is_one_string_in_quotes() {
        assert_eq!(read(&[br#""8e03978e""#]).as_deref(), Some("8e03978e"));
        assert_eq!(read(&[br#""a \"b\" \\ c""#]).as_deref(), Some(r#"a "b" \ c"#));
        assert_eq!(read(&[b"\" \""]).as_deref(), Some(" "));
    }

    // R116
    #[test]
    fn whatever_else_is_refused() {
        let long = [&b"\""[..], &[b'a'; LONGEST_KEY - 1], b"\""].concat();
        let refused: [&[&[u8]]; 13] = [
            &[],
            &[b""],
            &[b"8e03978e"],
            &[b"\"\""],
            &[b"\""],
            &[b"\"a"],
            &[b"\"a\"b\""],
            &[br#""a\b""#],
            &[br#""a\""#],
            &[b"\"a\";b=1"],
            &["\"\u{e4}\"".as_bytes()],
            &[b"\"a\"", b"\"a\""],
            &[&long],
        ];
        for values in refused {
            assert_eq!(read(values), None, "{values:?}");
        }
        let longest = [&b"\""[..], &[b'a'; LONGEST_KEY - 2], b"\""].concat();
        assert!(read(&[&longest]).is_some());
    }
}
