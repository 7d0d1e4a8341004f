//! Variants that say nothing of what a caller is told, with what they may be meant to say.

use quote::ToTokens;
use syn::{DeriveInput, Fields, Variant};

use super::{
    only_field,
    thiserror::{by_thiserror, lacks_thiserror, of_thiserror},
};
use crate::{diag::Diagnostics, message, path, typed::typed};

/// Reports a variant of an error without keys.
pub(super) fn report(input: &DeriveInput, variant: &Variant, diag: &mut Diagnostics) {
    let name = variant.ident.to_string();
    let (told, or) = telling(&name, &variant.fields, by_thiserror(variant));
    match of_thiserror(variant).filter(|_| lacks_thiserror(&input.ident)) {
        // What nobody derives would be told next.
        Some(error) => {
            let error = typed(&error.to_token_stream());
            let help = format!("write `{told}` in place of `{error}`");
            diag.report_with(&variant.ident, &message::ERROR_SILENT, &[&name], &help);
        }
        None => diag.report(variant.ident.span(), &message::ERROR_SILENT, &[&name, &told, or]),
    }
}

/// Returns the attribute that a variant may be meant to have, and what else there is: of what it holds as that tells, of
/// anything else its name as a title.
fn telling(name: &str, fields: &Fields, title: Option<String>) -> (String, &'static str) {
    if only_field(fields).is_some() {
        let or = ", which is told as what it holds, or `#[problem(internal)]` for what only the log is told";
        return ("#[problem(transparent)]".to_owned(), or);
    }
    let words = path::kebab_case(name).replace('-', " ");
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let title = title.unwrap_or_else(|| first + letters.as_str());
    (format!("#[problem(status = 409, title = \"{title}\")]"), ", with its status and title")
}
