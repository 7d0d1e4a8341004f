//! The head of a part of an upload: its name, and that of its file, read in one way or not at all.

use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;

use crate::input::wire::parameter::is_token_byte;

/// The parse error of an upload, in words that repeat nothing of it.
pub(super) type Malformed = &'static str;

pub(super) const FORM_DATA: Malformed = "a part is form-data; name=\"…\", with a filename=\"…\" or without, each once and without a backslash";
const FILE_NAMES: Malformed =
    "a filename* stands behind a filename and says the same name, in UTF-8";

/// Reads `form-data; name="…"; filename="…"` to its end. Whatever else would stand here means something to somebody.
pub(super) fn names(disposition: &str) -> Result<(String, Option<String>), Malformed> {
    let (kind, mut rest) = token(disposition);
    if !kind.eq_ignore_ascii_case("form-data") {
        return Err(FORM_DATA);
    }
    let [mut name, mut file_name, mut extended] = [None; 3];
    while !rest.is_empty() {
        let (attribute, value, after) = parameter(rest).ok_or(FORM_DATA)?;
        let place = match attribute.to_ascii_lowercase().as_str() {
            "name" => &mut name,
            "filename" => &mut file_name,
            "filename*" => &mut extended,
            _ => return Err(FORM_DATA),
        };
        if place.replace(value).is_some() {
            return Err(FORM_DATA);
        }
        rest = after;
    }
    let name = name.filter(|name| !name.is_empty()).ok_or(FORM_DATA)?.to_owned();
    let file_name = match (file_name, extended) {
        (file_name, None) => file_name.map(str::to_owned),
        (Some(plain), Some(extended)) => Some(one_name(plain, extended).ok_or(FILE_NAMES)?),
        (None, Some(_)) => return Err(FILE_NAMES),
    };
    Ok((name, file_name))
}

/// Reads one parameter: its name, its value without quotes, and what stands behind it.
fn parameter(text: &str) -> Option<(&str, &str, &str)> {
    let parameter = text.trim_ascii_start().strip_prefix(';')?.trim_ascii_start();
    let (attribute, value) = token(parameter);
    let value = value.strip_prefix('=')?;
    let (value, after) = match value.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').filter(|(text, _)| !text.contains('\\'))?,
        None => Some(token(value)).filter(|(text, _)| !text.is_empty())?,
    };
    Some((attribute, value, after))
}

/// Returns the name that `filename` and `filename*` both say (RFC 8187, section 3.2). A client of .NET writes what is not
/// ASCII into the first as a word of mail (RFC 2047).
fn one_name(plain: &str, extended: &str) -> Option<String> {
    let mut parts = extended.splitn(3, '\'');
    let (charset, _language, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    if !charset.eq_ignore_ascii_case("utf-8") || !is_percent_encoded(encoded) {
        return None;
    }
    let name = percent_decode_str(encoded).decode_utf8().ok()?.into_owned();
    let word = || {
        let word = plain.strip_prefix("=?utf-8?B?")?.strip_suffix("?=")?;
        String::from_utf8(STANDARD.decode(word).ok()?).ok()
    };
    (plain == name || word().as_ref() == Some(&name)).then_some(name)
}

/// Returns `true` if each `%` stands before two hexadecimal digits.
fn is_percent_encoded(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().first_chunk::<2>();
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Returns the token that a text begins with (RFC 9110, section 5.6.2), and the rest.
fn token(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !is_token_byte(&byte)).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    // R95
    #[test]
    fn names_are_read_in_one_way_or_not_at_all() {
        let read = |text: &str| names(&format!("form-data; {text}")).ok();
        let pair =
            |name: &str, file: Option<&str>| Some((name.to_owned(), file.map(str::to_owned)));
        assert_eq!(read("name=\"a\""), pair("a", None));
        assert_eq!(read("name=a;filename=b.txt"), pair("a", Some("b.txt")));
        assert_eq!(read("FileName=\"\" ; NAME=\"Größe\""), pair("Größe", Some("")));
        // What looks like a parameter inside of a name is a part of it.
        assert_eq!(
            read("filename=\"; name=b; x.txt\"; name=\"a\""),
            pair("a", Some("; name=b; x.txt"))
        );
        assert_eq!(read("filename=\" name=b\""), None, "that has no name at all");
        for wrong in [
            "",
            "name",
            "name=",
            "name=\"\"",
            "name=\"a",
            "name = \"a\"",
            "name=\"a\";",
            "name=\"a\" x",
            "name=\"a\"; name=\"b\"",
            "name=\"a\"; NAME=a",
            "name=\"a\"; filename=\"b\"; filename=\"c\"",
            "name*=UTF-8''a",
            "name=\"a\"; name*=UTF-8''a",
            "name=\"a\"; size=3",
            "name=\"a\\\"\"; filename=\"b\"",
            "name=\"a\"; filename=\"\\\"; name=\\\"b\"",
            "name=\"a\"filename=\"b\"",
            "name=\"a\", filename=\"b\"",
            "name=a b",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(names("attachment; name=\"a\""), Err(FORM_DATA));
        assert_eq!(names("form-data-x; name=\"a\""), Err(FORM_DATA));
    }

    // R95: as clients of .NET always write it.
    #[test]
    fn a_name_in_an_encoding_says_the_same_or_is_told() {
        let read = |text: &str| names(&format!("form-data; name=a; {text}"));
        for (text, name) in [
            ("filename=b.png; filename*=utf-8''b.png", "b.png"),
            ("filename=\"b c.png\"; filename*=UTF-8''b%20c.png", "b c.png"),
            ("filename*=UTF-8'en'b.png; filename=\"b.png\"", "b.png"),
            ("filename=\"Größe.png\"; filename*=utf-8''Gr%C3%B6%c3%9Fe.png", "Größe.png"),
            (
                "filename=\"=?utf-8?B?R3LDtsOfZS5wbmc=?=\"; filename*=utf-8''Gr%C3%B6%C3%9Fe.png",
                "Größe.png",
            ),
        ] {
            assert_eq!(read(text), Ok(("a".to_owned(), Some(name.to_owned()))), "{text}");
        }
        for text in [
            "filename=\"b.png\"; filename*=utf-8''c.png",
            "filename=\"b.png\"; filename*=utf-8''B.png",
            "filename=\"b.png\"; filename*=utf-8''..%2Fb.png",
            "filename=\"b.png\"; filename*=iso-8859-1''b.png",
            "filename=\"b.png\"; filename*=''b.png",
            "filename=\"b.png\"; filename*=b.png",
            "filename=\"b.png\"; filename*=utf-8''",
            "filename=\"%zz\"; filename*=utf-8''%zz",
            "filename=\"%\"; filename*=utf-8''%",
            "filename=\"b\"; filename*=utf-8''%ff",
            "filename=\"=?utf-8?B?Yg==?=\"; filename*=utf-8''c",
            "filename=\"=?utf-8?Q?b?=\"; filename*=utf-8''b",
            "filename*=utf-8''b.png",
        ] {
            assert_eq!(read(text), Err(FILE_NAMES), "{text}");
        }
        for text in [
            "filename=b; filename*=utf-8''b; filename*=utf-8''b",
            "filename=b; filename*=utf-8''b; filename=b",
            "filename=b; filename*0=b",
        ] {
            assert_eq!(read(text), Err(FORM_DATA), "{text}");
        }
    }
}
