//! `#[error("…")]` of `thiserror`, which tells the log, beside `#[problem(…)]`, which tells callers.

use proc_macro2::Ident;
use syn::LitStr;

use crate::source;

/// Returns the attribute of `thiserror` that stands above a variant.
pub(super) fn of_thiserror(variant: &syn::Variant) -> Option<&syn::Attribute> {
    variant.attrs.iter().find(|attribute| attribute.path().is_ident("error"))
}

/// Returns `true` if the enum plainly stands in the file without a derive of `thiserror`. Elsewhere it is asked to be shown.
pub(super) fn lacks_thiserror(name: &Ident) -> bool {
    source::this_file().is_some_and(|file| {
        let mut found = file.items.iter().filter(|item| item.kind == "enum" && *name == item.name);
        let is_derived = |item: &source::Item| {
            let derives =
                item.attributes.iter().filter(|attribute| attribute.name.contains("derive"));
            derives.flat_map(|derive| &derive.words).any(|word| word == "Error")
        };
        found.next().is_some_and(|item| !is_derived(item)) && found.next().is_none()
    })
}

/// Returns the text that `#[error("…")]` of `thiserror` says of a variant, if it is constant.
pub(super) fn by_thiserror(variant: &syn::Variant) -> Option<String> {
    let text: LitStr = of_thiserror(variant)?.parse_args().ok()?;
    Some(text.value()).filter(|text| !text.contains(['{', '"', '\\']))
}
