//! The placeholder for a value that is none: its outward shape, so that its uses are no further errors.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput};

use super::newtype::{COPIED, is_one_of};
use crate::path;

/// Stands in for the implementation where the item is none that has one, so that its uses are no further
/// errors.
pub(super) fn expand(input: &DeriveInput) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let predicates = condition.map(|condition| &condition.predicates);
    let shape = shape(input);
    let decode = crate::derive::undecodable(input, &quote!(bounded));
    quote! {
        #shape
        #decode
        #[automatically_derived]
        impl #generics ::core::fmt::Display for #ident #arguments #condition {
            fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::result::Result::Ok(())
            }
        }
        #[automatically_derived]
        impl #generics ::core::str::FromStr for #ident #arguments #condition {
            type Err = #private::InvalidValue;
            fn from_str(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, #private::InvalidValue> {
                #private::parse_choice(text, &[], |_| ::core::option::Option::None)
            }
        }
        #[automatically_derived]
        impl #generics #private::Leaf for #ident #arguments #condition
        where
            Self: ::core::marker::Send + ::core::marker::Sync + 'static,
            #predicates
        {
            const TEXTS: #private::Texts = #private::Texts::NoWord;
            fn parse(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, #private::InvalidValue> {
                #private::parse_choice(text, &[], |_| ::core::option::Option::None)
            }
            fn write_text(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::result::Result::Ok(())
            }
            fn serialize<S: #private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #private::Serializer::serialize_unit(serializer)
            }
        }
        #[automatically_derived]
        impl #generics #private::ObjectKey for #ident #arguments #condition
        where
            Self: ::core::marker::Send + ::core::marker::Sync + 'static,
            #predicates
        {
            const MARK: #private::Mark = #private::Mark;
        }
    }
}

/// Expands the functions that the value would have: of names their text, and of a struct what makes it and what is in it.
fn shape(input: &DeriveInput) -> TokenStream {
    let private = path::private();
    let (ident, vis) = (&input.ident, &input.vis);
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let text = quote! {
        #[doc(hidden)]
        #vis const fn as_str(&self) -> &'static ::core::primitive::str { "" }
    };
    let of_struct = match &input.data {
        Data::Struct(data) => data.fields.iter().next().map(|field| {
            let ty = &field.ty;
            let got = if is_one_of(ty, COPIED) { quote!(#ty) } else { quote!(&#ty) };
            quote! {
                #[doc(hidden)]
                #vis fn new(
                    _: impl ::core::any::Any,
                ) -> ::core::result::Result<Self, #private::InvalidValue> {
                    loop {}
                }
                #[doc(hidden)]
                #vis fn get(&self) -> #got { loop {} }
            }
        }),
        Data::Enum(_) | Data::Union(_) => None,
    };
    quote! {
        #[allow(dead_code)]
        impl #generics #ident #arguments #condition {
            #text
            #of_struct
        }
    }
}
