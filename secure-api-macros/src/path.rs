//! The one doorway that generated code goes through, and texts made from names.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// Where everything that generated code names is re-exported.
pub(crate) fn private() -> TokenStream {
    private_at(Span::call_site())
}

/// The same, placed on the user's tokens: a call shows where it fails only if all of it stands there.
pub(crate) fn private_at(span: Span) -> TokenStream {
    quote_spanned!(span=> ::secure_api::__private)
}

/// `OrderPaid` or `order_paid` as `order-paid`.
pub(crate) fn kebab_case(name: &str) -> String {
    let mut text = String::new();
    let mut previous_lower = false;
    for letter in name.chars() {
        if letter == '_' {
            text.push('-');
            previous_lower = false;
        } else {
            if letter.is_uppercase() && previous_lower {
                text.push('-');
            }
            previous_lower = letter.is_lowercase() || letter.is_ascii_digit();
            text.extend(letter.to_lowercase());
        }
    }
    text
}

/// The doc comment of an item: its lines, with one leading space of each removed.
pub(crate) fn doc_comment(attributes: &[syn::Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes {
        if let syn::Meta::NameValue(meta) = &attribute.meta
            && meta.path.is_ident("doc")
            && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) = &meta.value
        {
            let line = line.value();
            lines.push(line.strip_prefix(' ').unwrap_or(&line).to_owned());
        }
    }
    lines.join("\n").trim().to_owned()
}
