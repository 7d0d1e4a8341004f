//! Names of members as they stand in JSON, pointers and forms.

use crate::path;

/// Returns `true` if the name needs no escape in JSON, in a pointer and in a form.
pub(crate) fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=64).contains(&name.len()) && name.bytes().all(plain)
}

/// Returns a name near to one that cannot be read, or that of the item.
pub(super) fn near_to(name: &str, ident: &str) -> String {
    let keeps = |letter: char| is_name(&letter.to_string());
    match &*path::joined(name, keeps, "_") {
        "" => ident.to_owned(),
        better => better.to_owned(),
    }
}
