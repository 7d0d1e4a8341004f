//! The placeholder for a value that is none: its outward shape, so that its uses are no further errors.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Type};

use super::newtype::{BOUNDED, COPIED, is_one_of};
use crate::{concern::rules::RuleSet, diag::Diagnostics, keys, path};

/// Stands in for the implementation where the item is none that has one, so that its uses are no further
/// errors.
pub(super) fn expand(input: &DeriveInput) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let predicates = condition.map(|condition| &condition.predicates);
    let shape = shape(input);
    let decode = crate::derive::undecodable(input, &quote!(bounded));
    let leaf = leaf(input);
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
        #leaf
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
            // Made as a value of this type and these rules would be.
            let made = match is_free(input, ty) {
                true => quote!(Self),
                false => quote!(::core::result::Result<Self, #private::InvalidValue>),
            };
            quote! {
                #[doc(hidden)]
                #vis fn new(_: impl ::core::any::Any) -> #made { loop {} }
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

/// Expands a `Leaf` without texts.
pub(in crate::derive) fn leaf(input: &DeriveInput) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let predicates = condition.map(|condition| &condition.predicates);
    quote! {
        #[automatically_derived]
        impl #generics #private::Leaf for #ident #arguments #condition
        where
            Self: ::core::marker::Send + ::core::marker::Sync + 'static,
            #predicates
        {
            const TEXTS: #private::Texts = #private::Texts::NoWord;
            // Whose it is, is no further question.
            const UNOWNED: ::core::option::Option<&'static ::core::primitive::str> =
                ::core::option::Option::Some("");
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
    }
}

/// Returns `true` if any value of the type were one.
fn is_free(input: &DeriveInput, ty: &Type) -> bool {
    let mut rules = RuleSet::default();
    // What is wrong with the rules was told, or is told once the item is one.
    let mut diag = Diagnostics::new();
    for key in rules.keys(&input.attrs, "value", keys::VALUE, ty, &mut diag) {
        if !keys::VALUE_MARK.iter().any(|known| key.is(known)) {
            rules.read(&key, &mut diag);
        }
    }
    drop(diag.finish());
    !rules.is_stated() && !is_one_of(ty, BOUNDED)
}
