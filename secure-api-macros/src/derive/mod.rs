//! The derives, one file or folder each: what was written, what was proved of it, and the code.

pub(crate) mod error;
mod foreign;
pub(crate) mod headers;
pub(crate) mod input;
mod repaired;
pub(crate) mod resource;
pub(crate) mod role;
pub(crate) mod value;
pub(crate) mod version;

use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::{broken, diag::Diagnostics, path, scope, unmarked};

thread_local! {
    /// `true` while the mistakes of an item are not to be told.
    static QUIET: RefCell<bool> = const { RefCell::new(false) };
}

/// Expands without telling mistakes: of an item that lacks its derive, that is the one to tell.
pub(crate) fn quietly(expand: impl FnOnce() -> TokenStream) -> TokenStream {
    scope::with(&QUIET, true, expand)
}

/// Runs a derive with attributes of this name: parses the item, and emits the mistakes that were reported of it before its
/// code. There is code for a wrong item too, so that one mistake stays one error.
fn derive(
    item: TokenStream,
    helper: &'static str,
    expand: impl FnOnce(&DeriveInput, &mut Diagnostics) -> TokenStream,
) -> TokenStream {
    let mut input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    unmarked::note(helper, &input.ident);
    repaired::expand(&mut input, |input| {
        let mut diag = Diagnostics::new();
        foreign::refuse(input, helper, &mut diag);
        let code = expand(input, &mut diag);
        let errors = diag
            .finish()
            .filter(|_| !QUIET.with_borrow(|quiet| *quiet) && !repaired::is_repaired());
        broken::note_generic(&input.ident, errors.is_some() && !input.generics.params.is_empty());
        quote!(#errors #code)
    })
}

/// Expands a `Decode` that reads nothing, in the place of that of an item which is none that has one.
fn undecodable(input: &DeriveInput, kind: &TokenStream) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (generics, arguments, condition) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics #private::Decode for #ident #arguments #condition {
            const TYPE: #private::TypeInfo = #private::TypeInfo::#kind(|_| #private::Shape::Boolean).being(#private::Kinds::NONE);
            type Contents<__D: #private::Depth> = ();
            fn decode(
                _: #private::Node<'_>,
                _: &#private::Rules,
                _: &mut #private::Decoding,
            ) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
    }
}
