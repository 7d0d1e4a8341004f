//! `#[error("…")]` of `thiserror`, which tells the log, beside `#[problem(…)]`, which tells callers.

use proc_macro2::Ident;
use syn::LitStr;

use crate::source;

/// Returns the attribute of `thiserror` that stands above a variant.
pub(super) fn of_thiserror(variant: &syn::Variant) -> Option<&syn::Attribute> {
    variant.attrs.iter().find(|attribute| attribute.path().is_ident("error"))
}

/// Returns `true` if the enum plainly stands in the file without a derive of `thiserror`, which may have any name there. Elsewhere
/// it is asked to be shown.
pub(super) fn lacks_thiserror(name: &Ident) -> bool {
    source::site::item(&name.to_string()).is_some_and(|(_, item)| {
        item.kind == "enum"
            && item.attributes.iter().all(|attribute| match &*attribute.name {
                "derive" => attribute.words.iter().all(|word| PLAIN.contains(&&**word)),
                "problem" => true,
                name => source::INERT.contains(&name),
            })
    })
}

/// Derives that read no `#[error]`, with the paths that they are written by.
const PLAIN: &[&str] = &[
    "secure_api",
    "ApiError",
    "Clone",
    "Copy",
    "Debug",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// Returns the text that `#[error("…")]` of `thiserror` says of a variant, if it is constant.
pub(super) fn by_thiserror(variant: &syn::Variant) -> Option<String> {
    let text: LitStr = of_thiserror(variant)?.parse_args().ok()?;
    Some(text.value()).filter(|text| !text.contains(['{', '"', '\\']))
}
