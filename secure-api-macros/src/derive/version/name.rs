//! The text of a version in requests.

use proc_macro2::Ident;
use syn::LitStr;

use crate::{diag::Diagnostics, message, path};

/// The most bytes of a name.
const LONGEST: usize = 64;

/// Returns the name that is stated, or else the variant in kebab-case. One that cannot be a segment and the name of a document is
/// reported.
pub(super) fn checked(ident: &Ident, name: Option<&LitStr>, diag: &mut Diagnostics) -> String {
    let own = path::kebab_case(&ident.to_string());
    let Some(name) = name else { return own };
    let text = name.value();
    if !is_name(&text) {
        let better = path::joined(&text, |letter| letter.is_ascii_alphanumeric(), "-");
        let better = if is_name(&better) { better } else { own.clone() };
        diag.report(name.span(), &message::VERSION_NAME, &[&text, &better]);
        return own;
    }
    text
}

/// Returns `true` for letters, digits, `.`, `-` and `_`, of which the first is a letter or a digit: it means the same in a path, in a
/// header, in a media type and in the name of a file.
fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    text.bytes().all(is_plain)
        && text.len() <= LONGEST
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
}
