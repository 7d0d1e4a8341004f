//! The mark of a value: the key of an object, by `key`, or the name of something that nobody owns, by `unowned`. Either
//! stands in paths.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{LitStr, Token, parse::Parser, punctuated::Punctuated};

use crate::{concern::role, diag::Diagnostics, key, message, path};

/// The mark as written.
#[derive(Default)]
pub(super) struct Mark {
    is_key: bool,
    unowned: Option<LitStr>,
    reserved: Vec<LitStr>,
}

impl Mark {
    /// Reads one key of the mark; what is wrong with it is reported.
    pub(super) fn read(&mut self, key: &key::Key, diag: &mut Diagnostics) {
        if key.is("key") {
            self.is_key = key.flag(diag);
        } else if key.is("unowned") {
            self.unowned = role::reason(key, diag);
        } else {
            self.reserved = words(key, diag);
        }
        if self.is_key && self.unowned.is_some() {
            diag.report(key.span(), &message::KEY_UNOWNED, &[]);
        }
    }

    /// Tells if the value stands in paths.
    pub(super) fn stands_in_paths(&self) -> bool {
        self.is_key || self.unowned.is_some()
    }

    /// Returns the rule that makes text one segment of a path.
    pub(super) fn rule(&self) -> Option<TokenStream> {
        let reserved = &self.reserved;
        self.stands_in_paths().then(|| quote!(.segment(&[#(#reserved),*])))
    }

    /// Returns the constant of the trait `Leaf`.
    pub(super) fn unowned(&self) -> Option<TokenStream> {
        let reason = self.unowned.as_ref()?;
        Some(quote! {
            const UNOWNED: ::core::option::Option<&'static ::core::primitive::str> =
                ::core::option::Option::Some(#reason);
        })
    }

    /// Returns the mark in what is known of the type. A wrapped key stays one, unless nobody owns what the wrapper
    /// names.
    pub(super) fn marked(&self, inner: Option<TokenStream>) -> TokenStream {
        match (self.is_key, &self.unowned, inner) {
            (true, _, _) => quote!(.marked(true)),
            (false, None, Some(inner)) => {
                quote!(.marked(#inner.key).unowned(true, #inner.unowned))
            }
            (false, Some(reason), Some(inner)) => {
                // Where the value inside is around a key, that one's reason stays.
                let inner_reasons = quote!(.unowned(true, #inner.unowned));
                quote!(#inner_reasons.unowned(#inner.key, || ::std::vec![#reason]))
            }
            (false, _, _) => TokenStream::new(),
        }
    }

    /// Returns the implementation of `ObjectKey`.
    pub(super) fn implementation(&self, ident: &proc_macro2::Ident) -> Option<TokenStream> {
        let private = path::private();
        self.is_key.then(|| {
            quote! {
                #[automatically_derived]
                impl #private::ObjectKey for #ident {
                    const MARK: #private::Mark = #private::Mark;
                }
            }
        })
    }

    /// Returns the checks of reserved words, each on the word.
    pub(super) fn checks(
        &self,
        field: &proc_macro2::Ident,
        ident: &proc_macro2::Ident,
    ) -> TokenStream {
        let checks = self.reserved.iter().map(|word| {
            let private = path::private_at(word.span());
            quote_spanned! {word.span()=>
                const _: () =
                    #private::check_reserved(#field, <#ident as #private::Leaf>::TEXTS, #word);
            }
        });
        checks.collect()
    }
}

/// Reads the words of `reserved("login", "me")`.
fn words(key: &key::Key, diag: &mut Diagnostics) -> Vec<LitStr> {
    let Some(tokens) = key.list(diag).cloned() else { return Vec::new() };
    let parser = Punctuated::<LitStr, Token![,]>::parse_terminated;
    let words = diag.take(parser.parse2(tokens), "write `reserved(\"login\", \"me\")`");
    words.map(|words| words.into_iter().collect()).unwrap_or_default()
}
