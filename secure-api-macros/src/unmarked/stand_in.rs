//! Implementations in the place of those that are missing, so that their uses are no further errors.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::DeriveInput;

use super::{KNOWN, Lacks};
use crate::{
    path,
    source::{self, SourceFile},
};

/// Expands an implementation of `Object` that permits nothing. Its key and its roles are those that the file speaks of, if it
/// does, so that what is done with them is no further error.
pub(super) fn object(ident: &Ident, file: &SourceFile) -> TokenStream {
    let private = path::private();
    let named = |name: Option<String>| match name {
        Some(name) => {
            let name = format_ident!("{name}");
            quote!(#name)
        }
        None => quote!(#private::Unstated),
    };
    let (text, items) = (&file.text, &file.items);
    let key = format!("{ident}Id");
    let key = named(items.iter().any(|item| item.name == key).then_some(key));
    let callers = text.split("Caller<").skip(1);
    let word =
        |text: &str| text.chars().take_while(|letter| letter.is_alphanumeric()).collect::<String>();
    let roles = callers
        .map(word)
        .find(|name| items.iter().any(|item| item.kind == "enum" && item.name == *name));
    let roles = named(roles);
    quote! {
        #[automatically_derived]
        impl #private::Object for #ident {
            type Key = #key;
            type Store = #private::Unstated;
            type Roles = #roles;
            type Scope = ();
            async fn load(
                _: &#private::Reader<Self::Store>,
                _: Self::Key,
                _: &#private::Loading<Self::Roles>,
            ) -> ::core::result::Result<::core::option::Option<Self>, #private::StoreError> {
                ::core::result::Result::Ok(::core::option::Option::None)
            }
            fn permits(&self, _: &#private::Caller<Self::Roles>, _: #private::Action) -> ::core::primitive::bool {
                false
            }
            fn scope(_: &#private::Caller<Self::Roles>) {}
        }
    }
}

/// Expands an implementation of `Store` that is its own both halves.
pub(super) fn store(ident: &Ident) -> TokenStream {
    let private = path::private();
    quote! {
        #[automatically_derived]
        impl #private::Store for #ident {
            type Read = Self;
            type Write = Self;
            fn reader(&self) -> &Self { self }
            fn writer(&self, _: &#private::Writing) -> &Self { self }
        }
    }
}

/// Expands what stands in for the implementation of `Object` that an attribute above the type was meant to be. Where there is
/// one nearby, nothing can stand in.
pub(crate) fn without_object(input: &DeriveInput) -> Option<TokenStream> {
    let file = source::this_file()?;
    let name = input.ident.to_string();
    let is_implemented = file.implements(&name, |before| before.ends_with("Object"));
    (!is_implemented).then(|| {
        KNOWN.with_borrow_mut(|known| known.insert((Lacks::Object.helper(), name), false));
        object(&input.ident, &file)
    })
}
