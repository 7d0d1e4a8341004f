//! `separated = ","`: the text between the items of a list that a query or a form has in one text.

use syn::LitStr;

use crate::{diag::Diagnostics, key::Key, message};

/// Returns the text between the items of a list: one that OpenAPI has a style for.
pub(super) fn read(key: &Key, diag: &mut Diagnostics) -> Option<LitStr> {
    let text = key.text(diag)?;
    if matches!(text.value().as_str(), "," | " " | "|") {
        return Some(text);
    }
    let help = "write `separated = \",\"`, or `\" \"` or `\"|\"` in its place";
    diag.report(
        text.span(),
        &message::GRAMMAR,
        &["lists have a comma, a space or `|` between items", help],
    );
    None
}
