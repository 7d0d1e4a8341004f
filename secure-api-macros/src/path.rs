//! The one doorway that generated code goes through, and texts made from names.

use std::cell::RefCell;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::scope;

thread_local! {
    /// The path given by `crate = …`, while its attribute is expanded.
    static CRATE: RefCell<Option<TokenStream>> = const { RefCell::new(None) };
}

/// Expands with another doorway.
pub(crate) fn with_crate(
    crate_path: TokenStream,
    expand: impl FnOnce() -> TokenStream,
) -> TokenStream {
    scope::with(&CRATE, Some(crate_path), expand)
}

/// Returns the path given by `crate = …`, if any.
pub(crate) fn named_crate() -> Option<TokenStream> {
    CRATE.with_borrow(Clone::clone)
}

/// Returns the path of the module that re-exports everything generated code names.
pub(crate) fn private() -> TokenStream {
    private_at(Span::call_site())
}

/// Returns the same, placed on the user's tokens: a call shows where it fails only if all of it stands there.
pub(crate) fn private_at(span: Span) -> TokenStream {
    let Some(crate_path) = named_crate() else {
        return quote_spanned!(span=> ::secure_api::__private);
    };
    // A name keeps what it resolves to, as `$crate` has to.
    let crate_path = crate_path.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(span));
        token
    });
    quote_spanned!(span=> #(#crate_path)*::__private)
}

/// Returns what a block of generated code begins with: the doorway as `__p`, and in scope what tells that a type is none of a
/// kind.
pub(crate) fn imports() -> TokenStream {
    let private = private();
    quote! {
        use #private as __p;
        #[allow(unused_imports)]
        use __p::unless::*;
    }
}

/// Returns `OrderPaid` or `order_paid` as `order-paid`.
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

/// Returns `order_item` or `order-item` as `OrderItem`.
pub(crate) fn pascal_case(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    };
    words.map(word).collect()
}

/// Returns a text in which other characters than these stand for words apart as another one.
pub(crate) fn joined(text: &str, keeps: impl Fn(char) -> bool, by: &str) -> String {
    let words = text.split(|letter| !keeps(letter)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(by)
}

/// Returns the key that gives another name, or the attribute with it where there is none.
pub(crate) fn as_named(attribute: &str, name: &str, is_stated: bool) -> String {
    match is_stated {
        true => format!("name = \"{name}\""),
        false => format!("#[{attribute}(name = \"{name}\")]"),
    }
}

/// Returns a name that no other has: that of the item itself, or the taken one with a number.
pub(crate) fn free(ident: &str, taken: &str, others: &[String]) -> String {
    let own = kebab_case(ident);
    let numbered = (2..).map(|number| format!("{taken}-{number}"));
    let is_free = |name: &String| name != taken && !others.contains(name);
    [own].into_iter().chain(numbered).find(is_free).unwrap_or_default()
}

/// Returns the doc comment of an item: its lines, with one leading space of each removed.
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

/// Returns a type as it is written, for a message.
pub(crate) fn as_written(ty: &syn::Type) -> String {
    tokens_as_written(&quote::ToTokens::to_token_stream(ty))
}

/// Returns a type or an expression of paths and calls as it is written, for a message.
pub(crate) fn tokens_as_written(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "").replace(',', ", ")
}

/// Returns the last segment of a type that is written as a path.
pub(crate) fn last_of(ty: &syn::Type) -> Option<&syn::PathSegment> {
    let syn::Type::Path(path) = ty else { return None };
    path.path.segments.last()
}

/// Returns the name of a type that is written as one, without a path and arguments.
pub(crate) fn plain(ty: &syn::Type) -> Option<&syn::Ident> {
    match ty {
        syn::Type::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// Returns the types between the angle brackets of a segment.
pub(crate) fn types_of(segment: &syn::PathSegment) -> impl Iterator<Item = &syn::Type> {
    let arguments = match &segment.arguments {
        syn::PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Returns `T` of `Wrapper<T>`.
pub(crate) fn inside<'a>(ty: &'a syn::Type, wrapper: &str) -> Option<&'a syn::Type> {
    types_of(last_of(ty).filter(|last| last.ident == wrapper)?).next()
}

/// Returns the type that others stand around, as `Order` in `Result<Page<Authorized<Order>>, StoreError>`: the first argument of
/// each.
pub(crate) fn innermost(ty: &syn::Type) -> &syn::Type {
    let syn::Type::Path(path) = ty else { return ty };
    let last = path.path.segments.last().map(|last| &last.arguments);
    let Some(syn::PathArguments::AngleBracketed(arguments)) = last else { return ty };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(inner)) => innermost(inner),
        _ => ty,
    }
}
