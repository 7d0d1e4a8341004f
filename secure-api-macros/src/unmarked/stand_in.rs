//! Implementations in the place of those that are missing, so that their uses are no further errors.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Fields};

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

/// Expands an `ApiError` of another file, whose variants name types that need not be known here. What `?` makes of those that the
/// framework has is no further error.
pub(super) fn api_error(input: &DeriveInput, file: &SourceFile) -> TokenStream {
    let (ident, private) = (&input.ident, path::private());
    let name = ident.to_string();
    let variants = match &input.data {
        Data::Enum(data) => Some(&data.variants),
        _ => None,
    };
    let made = variants.into_iter().flatten().filter_map(|variant| {
        let Fields::Unnamed(fields) = &variant.fields else { return None };
        let [held] = &fields.unnamed.iter().collect::<Vec<_>>()[..] else { return None };
        let ty = path::plain(&held.ty).filter(|ty| *ty == "StoreError" || *ty == "Denied")?;
        Some((&variant.ident, ty.to_string()))
    });
    let mut made: Vec<_> = made.collect();
    made.sort_by(|one, other| one.1.cmp(&other.1));
    made.dedup_by(|one, other| one.1 == other.1);
    let made = made.into_iter().filter(|(_, ty)| {
        !file.implements(&name, |before| before.ends_with(&format!("From<{ty}>")))
    });
    let made = made.map(|(variant, ty)| {
        let ty = format_ident!("{ty}");
        quote! {
            #[automatically_derived]
            impl ::core::convert::From<#private::#ty> for #ident {
                fn from(held: #private::#ty) -> Self { Self::#variant(held) }
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #private::ApiError for #ident {
            fn problems() -> ::std::vec::Vec<&'static #private::ProblemType> { ::std::vec::Vec::new() }
            fn into_problem(self) -> #private::Problem { loop {} }
        }
        #(#made)*
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
