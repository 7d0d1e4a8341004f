//! JSON that stays text where somebody reads it as HTML or as a script.

use std::io;

use serde_json::ser::{CharEscape, CompactFormatter, Formatter};

/// JSON in which `<`, `>` and `&` are escaped, so that a body that is mistaken for HTML stays text.
pub(super) struct HtmlSafe;

/// The bytes that a letter to be escaped begins with: `<`, `>`, `&`, and the first of U+2028 and U+2029.
const IS_SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'&' as usize] = true;
    table[0xe2] = true;
    table
};

/// Returns `true` for a text that is written as it is, as most are: it has neither a letter that JSON escapes nor one of those here.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| IS_PLAIN[usize::from(byte)])
}

/// The bytes of which no escape is made, whatever comes after them.
const IS_PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = b' ' as usize;
    while byte < table.len() {
        table[byte] = !IS_SUSPECT[byte];
        byte += 1;
    }
    table[b'"' as usize] = false;
    table[b'\\' as usize] = false;
    table
};

impl Formatter for HtmlSafe {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let bytes = fragment.as_bytes();
        let (mut written, mut place) = (0, 0);
        while let Some(next) = bytes[place..].iter().position(|byte| IS_SUSPECT[usize::from(*byte)])
        {
            place += next;
            let (escaped, length): (&[u8], usize) = match bytes[place..] {
                [b'<', ..] => (b"\\u003c", 1),
                [b'>', ..] => (b"\\u003e", 1),
                [b'&', ..] => (b"\\u0026", 1),
                [0xe2, 0x80, 0xa8, ..] => (b"\\u2028", 3),
                [0xe2, 0x80, 0xa9, ..] => (b"\\u2029", 3),
                // Another letter that begins as the two do.
                _ => {
                    place += 1;
                    continue;
                }
            };
            writer.write_all(&bytes[written..place])?;
            writer.write_all(escaped)?;
            place += length;
            written = place;
        }
        writer.write_all(&bytes[written..])
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        CompactFormatter.write_char_escape(writer, escape)
    }
}

#[cfg(test)]
mod tests {
    use crate::view::Output;

    // R87
    #[test]
    fn what_html_or_a_script_would_read_is_escaped_and_nothing_else() {
        for (text, json) in [
            ("", "\"\""),
            ("plain", "\"plain\""),
            ("<&>", "\"\\u003c\\u0026\\u003e\""),
            ("a<b", "\"a\\u003cb\""),
            ("\u{2027}\u{2028}\u{2029}\u{202a}", "\"\u{2027}\\u2028\\u2029\u{202a}\""),
            ("€ € \u{20000} ⋯", "\"€ € \u{20000} ⋯\""),
            ("\"\\\n\u{1}<", "\"\\\"\\\\\\n\\u0001\\u003c\""),
        ] {
            let mut output = Output::new(0, None, 0);
            output.text(text);
            let bytes = output.into_bytes().expect("nothing is too long");
            assert_eq!(String::from_utf8(bytes).expect("text"), json, "{text:?}");
        }
    }
}
