//! Text that is nothing else: no page, no program, no archive, and no file in letters.

use super::{
    archive::{begins_archive, holds_archive},
    file_form::reads_as_pdf,
};
use crate::input::rules::text::is_blank;

/// Returns `true` for UTF-8 without control characters and without what turns the direction of writing; not the
/// beginning of a page.
pub(super) fn is_plain_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let unwanted =
        |letter: char| crate::input::is_unwanted(letter) && !matches!(letter, '\n' | '\r' | '\t');
    // Whatever begins so is for a browser or an interpreter, known to `infer` or not. Many pass over what is not seen.
    let start = text.trim_start_matches(is_blank);
    !text.chars().any(unwanted)
        && ![bytes, start.as_bytes()].iter().any(|start| infer::get(start).is_some_and(is_language))
        && !["<", "#!", "{\\rt", "%!", "%PDF"].iter().any(|language| start.starts_with(language))
        && !reads_as_pdf(bytes)
        && !begins_archive(start.as_bytes())
        && !holds_archive(bytes)
        && !holds_encoded(text)
}

/// Returns `true` if `infer` found anything but a picture, sound, film or font: a language, or a program. The magic
/// bytes of images, sound, films and fonts are short, and letters (`BM`); such a file has control characters in it, so
/// one without is a text that begins alike.
fn is_language(found: infer::Type) -> bool {
    use infer::MatcherType::{Audio, Font, Image, Video};
    !matches!(found.matcher_type(), Audio | Font | Image | Video)
}

/// Returns `true` if a line of a text begins a file in letters, as programs of mail unpack it (uuencode, yEnc).
fn holds_encoded(text: &str) -> bool {
    text.split(['\n', '\r']).any(|line| {
        let mode = line.strip_prefix("begin ").or_else(|| line.strip_prefix("begin-base64 "));
        let is_octal = |digits: &str| {
            matches!(digits.len(), 3 | 4) && digits.bytes().all(|byte| matches!(byte, b'0'..=b'7'))
        };
        mode.and_then(|mode| mode.split_once(' ')).is_some_and(|(digits, _)| is_octal(digits))
            || line.starts_with("=ybegin ")
    })
}

#[cfg(test)]
mod tests {
    use crate::input::FileKind;

    // R95
    #[test]
    fn text_is_nothing_that_something_runs() {
        assert_eq!(FileKind::of("Größe\t2\r\n".as_bytes()), Some(FileKind::PlainText));
        assert_eq!(FileKind::of(b"BMW, not an image"), Some(FileKind::PlainText));
        let wrong: [&[u8]; 19] = [
            b"{\\rtf1 text}",
            b"%!PS-Adobe-3.0",
            b"BM\0\0\0\0",
            b"<svg onload=steal()>",
            b"\xEF\xBB\xBF  <?xml version=\"1.0\"?>",
            b"#!/bin/sh\nrm",
            b"a\0b",
            b"a\x1b[2J",
            b"\xFF\xFE",
            "a\u{202E}b".as_bytes(),
            b"-----BEGIN CERTIFICATE-----\nMII",
            b"MZ",
            b"\n{\\rtf1 text}",
            b"\xEF\xBB\xBF{\\rtf1 text}",
            b" \n\xEF\xBB\xBF\t{\\rtf text}",
            b"\xE2\x80\x8B{\\rtf1 text}",
            b"\r\n%!PS-Adobe-3.0",
            b"\n-----BEGIN CERTIFICATE-----\nMII",
            b"\xEF\xBB\xBF#!/bin/sh",
        ];
        for wrong in wrong {
            assert_eq!(FileKind::of(wrong), None, "{}", String::from_utf8_lossy(wrong));
        }
    }

    // R95: some formats have letters only.
    #[test]
    fn a_text_is_no_archive_either() {
        for text in [
            "WARC/1.0\r\n",
            "!<arch>\nhello",
            "#mtree\n./a type=file\n",
            "# This is a shell archive (produced by GNU sharutils)",
            "<?php __HALT_COMPILER();",
            "$x = 1; __HALT_COMPILER();",
            "Tea\r\nbegin 644 evil.sh\n#0V%T\n`\nend\n",
            "begin-base64 0755 evil.sh\nIyEvYmlu\n====\n",
            "=ybegin line=128 size=3 name=evil.sh\nabc\n",
        ] {
            assert_eq!(FileKind::of(text.as_bytes()), None, "{text}");
        }
        for text in [
            "See WARC/1.0",
            "PK, Rar! and 7z",
            "To begin 644 is a mode\nbegin 64x y",
            "begin: 644 a",
            "ustar 070707 070701 `\u{ea}",
        ] {
            assert_eq!(FileKind::of(text.as_bytes()), Some(FileKind::PlainText), "{text}");
        }
    }
}
