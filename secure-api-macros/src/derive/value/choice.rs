//! A value that is one of a few names: an enum.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::DeriveInput;

use super::mark::Mark;
use crate::path;

/// Implements the traits of a value for an enum.
pub(super) fn expand(input: &DeriveInput, names: &[(&Ident, String)], mark: &Mark) -> TokenStream {
    let private = path::private();
    let (ident, vis) = (&input.ident, &input.vis);
    let texts: Vec<_> = names.iter().map(|(_, name)| name).collect();
    let variants: Vec<_> = names.iter().map(|(variant, _)| variant).collect();
    let places = 0..names.len();
    let rest = crate::derive::repaired::rest();
    let (unowned, marked) = (mark.unowned(), mark.marked(None));
    quote! {
        const __NAMES: &[&::core::primitive::str] = &[#(#texts),*];
        fn __at(place: ::core::primitive::usize) -> ::core::option::Option<#ident> {
            match place {
                #(#places => ::core::option::Option::Some(#ident::#variants),)*
                _ => ::core::option::Option::None,
            }
        }
        #private::value_serde! { [] #ident }
        #private::value_column! { [] #ident }
        impl #ident {
            /// The name in paths, queries and JSON.
            #vis const fn as_str(&self) -> &'static ::core::primitive::str {
                match self { #(Self::#variants => #texts,)* #rest }
            }
        }
        #[automatically_derived]
        impl #private::Decode for #ident {
            const TYPE: #private::TypeInfo =
                #private::TypeInfo::bounded(|_| #private::Shape::Choice(__NAMES))
                    .being(#private::Kinds::words(__NAMES)) #marked;
            type Contents<__D: #private::Depth> = ();
            fn decode(
                node: #private::Node<'_>,
                _: &#private::Rules,
                decoding: &mut #private::Decoding,
            ) -> ::core::option::Option<Self> {
                #private::decode_choice(&node, __NAMES, __at, decoding)
            }
            fn identity(&self) -> ::core::option::Option<::std::string::String> {
                ::core::option::Option::Some(<::std::string::String as ::core::convert::From<_>>::from(self.as_str()))
            }
        }
        #[automatically_derived]
        impl #private::Leaf for #ident {
            #unowned
            const TEXTS: #private::Texts = #private::Texts::Names(__NAMES);
            fn parse(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, #private::InvalidValue> {
                #private::parse_choice(text, __NAMES, __at)
            }
            fn write_text(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Formatter::write_str(f, self.as_str())
            }
            fn serialize<S: #private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #private::Serializer::serialize_str(serializer, self.as_str())
            }
            fn lend_text(
                &self,
                to: impl ::core::ops::FnOnce(&::core::primitive::str),
            ) -> ::core::primitive::bool {
                to(self.as_str());
                true
            }
        }
    }
}
