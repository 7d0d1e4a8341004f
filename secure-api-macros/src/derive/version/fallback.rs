//! The placeholder for versions that are none.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use super::{VersionPolicy, address_form::AddressForm};
use crate::{broken, path};

/// Expands what stands in for the derive where it is missing.
pub(crate) fn stand_in(input: &DeriveInput) -> TokenStream {
    broken::note(&input.ident, false);
    VersionPolicy { input, addresses: AddressForm::default(), versions: Vec::new() }.fallback()
}

impl VersionPolicy<'_> {
    /// Expands a placeholder for an enum that is not of unit variants, so that its uses are no further errors. It has
    /// no versions, and the checks of routes say nothing of such a range.
    pub(super) fn fallback(&self) -> TokenStream {
        let Self { input, addresses: _, versions: _ } = self;
        let private = path::private();
        let (ident, vis) = (&input.ident, &input.vis);
        let (generics, arguments, condition) = input.generics.split_for_impl();
        let predicates = condition.map(|condition| &condition.predicates);
        let table = quote!(&#private::VersionTable {
            type_name: ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#ident)),
            fingerprint: 0,
            addresses: #private::AddressForm::CANONICAL,
            versions: &[],
        });
        quote! {
            #[allow(dead_code)]
            impl #generics #ident #arguments #condition {
                #[doc(hidden)]
                #vis const fn point(self) -> #private::VersionPoint {
                    ::core::mem::forget(self);
                    #private::VersionPoint { index: 0, table: #table }
                }
            }
            #[automatically_derived]
            impl #generics #private::Versions for #ident #arguments
            where
                Self: ::core::marker::Send + ::core::marker::Sync + 'static,
                #predicates
            {
                const TABLE: &'static #private::VersionTable = #table;
                const ALL: &'static [Self] = &[];
                fn index(self) -> ::core::primitive::usize { 0 }
            }
        }
    }
}
