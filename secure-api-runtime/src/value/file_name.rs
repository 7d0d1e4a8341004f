//! The name of one file.

use unicode_normalization::UnicodeNormalization;

use super::leaf::{is_plain_line, text_value};
use crate::{input::is_blank, shape::Shape};

/// Writes the pattern of a name, between what stands before and behind it.
macro_rules! file_name {
    (name $before:expr, $behind:expr) => {
        concat!(
            $before,
            r"(?![.~\s\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB-])",
            r"(?!(?:[Cc][Oo][Nn](?:[Ii][Nn]\$|[Oo][Uu][Tt]\$)?|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll]|",
            r"(?:[Cc][Oo][Mm]|[Ll][Pp][Tt])[0-9\u00B2\u00B3\u00B9])\s*(?:[./]|$))",
            file_name!(letters, ""),
            "*",
            file_name!(letters, r".\s\uFEFF"),
            $behind
        )
    };
    (letters, $more:expr) => {
        concat!(
            r#"[^/\\<>:"|?*\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069"#,
            r"\u2044\u2215\u2216\u29F5\u29F8\u29F9",
            $more,
            "]"
        )
    };
}
pub(super) use file_name;

/// Longest name, in octets: what common file systems hold.
const LONGEST: usize = 255;

/// The name of one file, with which nothing but that file in its folder can be named, on any system.
///
/// It is NFC, of 1 to 255 octets, without `/`, `\`, NUL and other control characters, without the characters
/// `< > : " | ? *`. It does not begin with `.` (hidden files, `..`), `-` (an option of a command), `~`, a space or what is
/// drawn as nothing, does not end with `.` or a space, and is no device of Windows (`CON`, `nul.txt`). Nor is it one of these once
/// somebody further on makes NFKC of it: `．．` and `a℀` are no names. In JSON it is a text.
///
/// A name is still no proof of what the file holds: `invoice.pdf` can be a program.
///
/// ```
/// use secure_api::value::SafeFileName;
///
/// assert_eq!("Größe 2.pdf".parse::<SafeFileName>()?.as_str(), "Größe 2.pdf");
/// for text in ["..", ".env", "a/b", "a\\b", "a\0b", "nul.txt", "-rf", "C:x", "x."] {
///     assert!(text.parse::<SafeFileName>().is_err());
/// }
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SafeFileName(String);

text_value! {
    [] SafeFileName, wanted: "the plain name of one file is expected", code: "file-name",
    shape: Shape::Text { min_length: 1, max_length: LONGEST as u64, pattern: Some(PATTERN), format: None },
    texts: Form,
    read: read,
    debug: |name, f| write!(f, "SafeFileName({})", name.0),
}

/// The rules of a name as a pattern can say them, which is all but what others may make of it by NFKC.
const PATTERN: &str = file_name!(name "^", "$");

fn read(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let name: String = text.nfc().collect();
    is_file_name(&name).then_some(name)
}

/// Returns `true` if a text in NFC is a safe name, and is one in NFKC, which is how others may read it: there `．` is a
/// point, `℀` has a slash, and `…` is three points.
pub(super) fn is_file_name(name: &str) -> bool {
    let points = |name: &str| name.matches('.').count();
    name.len() <= LONGEST
        // Look-alikes of a separator, which some tables of letters turn into one.
        && !name.contains(['\u{2044}', '\u{2215}', '\u{2216}', '\u{29F5}', '\u{29F8}', '\u{29F9}'])
        && is_plain_name(name)
        && (name.is_ascii() || {
            let read: String = name.nfkc().collect();
            read.len() <= LONGEST && points(&read) == points(name) && is_plain_name(&read)
        })
}

fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && is_plain_line(name)
        && !name.contains(['/', '\\', '<', '>', ':', '"', '|', '?', '*'])
        && !name.starts_with(['.', '-', '~'])
        && !name.ends_with('.')
        && !name.starts_with(is_blank)
        && !name.ends_with(|last: char| last.is_whitespace() || last == '\u{FEFF}')
        && !is_device(name)
}

/// Names that Windows gives to devices, whatever extension follows.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str()) {
        return true;
    }
    let number = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    // Superscript digits count there too.
    number.is_some_and(|number| {
        let mut letters = number.chars();
        let digit = |letter: char| letter.is_ascii_digit() || "¹²³".contains(letter);
        letters.next().is_some_and(digit) && letters.next().is_none()
    })
}
