//! Names of members as they stand in JSON, pointers, queries and forms.

use crate::path;

/// Returns `true` for the name of a member: visible ASCII.
///
/// A quotation mark and a backslash are escaped in JSON and in the parts of an upload, and a percent sign in a query, each in
/// more than one way; so two readers could take them apart in two ways. What begins markup is escaped in all answers. The
/// two characters that a pointer escapes are escaped there.
pub(crate) fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"\\%<>&".contains(&byte);
    (1..=64).contains(&name.len()) && name.bytes().all(plain)
}

/// Returns `true` for a value in a body or a query, which is escaped wherever it stands. A percent sign could be read as an
/// escape of something else.
pub(crate) fn is_value(text: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'%';
    text.trim() == text && (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

/// Returns `true` for one of several texts, as the value of a tag: the same, and spaces between.
pub(crate) fn is_word(text: &str) -> bool {
    !text.starts_with(' ') && !text.ends_with(' ') && is_name(&text.replace(' ', "_"))
}

/// Returns a name near to one that cannot be read, or that of the item.
pub(crate) fn near_to(name: &str, ident: &str) -> String {
    let keeps = |letter: char| is_name(&letter.to_string());
    let mut better = path::joined(name, keeps, "_");
    better.truncate(64);
    if better.is_empty() { ident.to_owned() } else { better }
}
