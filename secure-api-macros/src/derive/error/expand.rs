//! The code of an error: its problem types, the problem that each variant becomes, and the conversions that `?` makes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Fields, Type, spanned::Spanned};

use super::{ErrorPolicy, Kind, Variant, held, only_field, thiserror::of_thiserror};
use crate::{path, source};

impl ErrorPolicy<'_> {
    pub(super) fn expand(&self) -> TokenStream {
        let Self { input, variants } = self;
        let private = path::private();
        let ident = &input.ident;
        let (generics, arguments, condition) = input.generics.split_for_impl();
        // The same wherever the tokens around it come from.
        let cause = Ident::new("source", Span::mixed_site());
        let mut statics = TokenStream::new();
        let mut listed = Vec::new();
        let mut arms = TokenStream::new();
        let mut conversions = TokenStream::new();
        for (index, variant) in variants.iter().enumerate() {
            let Variant { ident: variant, fields, kind, from: made_of } = variant;
            let named = quote::format_ident!("PROBLEM_{index}");
            if let Kind::Internal(held) | Kind::Transparent(held) = kind {
                let made = made_of.iter().map(|ty| {
                    (ty, quote_spanned!(ty.span()=> ::core::convert::From::<#ty>::from(source)))
                });
                conversions.extend([(*held, quote!(source))].into_iter().chain(made).map(
                    |(ty, value): (&Type, _)| {
                        quote_spanned! {ty.span()=>
                            #[automatically_derived]
                            impl #generics ::core::convert::From<#ty> for #ident #arguments #condition {
                                fn from(source: #ty) -> Self {
                                    Self::#variant(#value)
                                }
                            }
                        }
                    },
                ));
            }
            // What `?` makes of it is no further mistake.
            if let (Kind::Broken, Some((ty, made))) = (kind, held(fields))
                && !source::is_made_from(&ident.to_string(), ty)
                && variants.iter().all(|other| {
                    let is_same = held(other.fields).is_some_and(|(other, _)| *other == *ty);
                    !is_same || other.ident == *variant
                })
            {
                conversions.extend(quote_spanned! {ty.span()=>
                    #[automatically_derived]
                    impl #generics ::core::convert::From<#ty> for #ident #arguments #condition {
                        fn from(source: #ty) -> Self {
                            Self::#variant #made
                        }
                    }
                });
            }
            match kind {
                Kind::Problem { status, uri, title, retry_after, source } => {
                    let retry_after = retry_after.map(|seconds| quote!(.retry_after(#seconds)));
                    statics.extend(quote! {
                        static #named: #private::ProblemType =
                            #private::ProblemType::new(#status, #uri, #title) #retry_after;
                    });
                    listed.push(quote!(::std::vec![&#named]));
                    let pattern = match fields {
                        _ if *source => quote!((#cause)),
                        Fields::Unit => quote!(),
                        Fields::Named(_) => quote!({ .. }),
                        Fields::Unnamed(_) => quote!((..)),
                    };
                    let told = only_field(fields).filter(|_| *source).map(|ty| {
                        let private = path::private_at(ty.span());
                        quote_spanned!(ty.span()=> <#ty as #private::Cause>::within(#cause, &#named))
                    });
                    let problem = told.unwrap_or_else(|| quote!(#private::Problem::new(&#named)));
                    arms.extend(quote!(Self::#variant #pattern => #problem,));
                }
                Kind::Internal(ty) => {
                    listed.push(quote!(::std::vec![&#private::INTERNAL]));
                    let private = path::private_at(ty.span());
                    let problem =
                        quote_spanned!(ty.span()=> <#ty as #private::Cause>::internal(#cause));
                    arms.extend(quote!(Self::#variant(#cause) => #problem,));
                }
                Kind::Transparent(ty) => {
                    let private = path::private_at(ty.span());
                    let error = quote_spanned!(ty.span()=> <#ty as #private::ApiError>);
                    let problem = quote_spanned!(ty.span()=> #error::into_problem(#cause));
                    listed.push(quote_spanned!(ty.span()=> #error::problems()));
                    arms.extend(quote!(Self::#variant(#cause) => #problem,));
                }
                Kind::Broken => {
                    arms.extend(quote!(Self::#variant { .. } => loop {},));
                }
            }
        }
        // An attribute of `thiserror` is read by it alone, which shows the error by what it says.
        let is_sound = input.generics.params.is_empty()
            && variants.iter().all(|variant| !matches!(variant.kind, Kind::Broken));
        let errors = match &input.data {
            syn::Data::Enum(data) => data.variants.iter().filter_map(of_thiserror).next(),
            _ => None,
        };
        let thiserror = errors.filter(|_| is_sound).map(|error| {
            quote_spanned! {error.path().span()=>
                const _: () = {
                    const fn shown<__E: ::core::fmt::Display>() {}
                    shown::<#ident>();
                };
            }
        });
        let rest = crate::derive::repaired::rest();
        let body =
            if variants.is_empty() { quote!(loop {}) } else { quote!(match self { #arms #rest }) };
        quote! {
            const _: () = {
                #statics
                #[automatically_derived]
                impl #generics #private::ApiError for #ident #arguments #condition {
                    fn problems() -> ::std::vec::Vec<&'static #private::ProblemType> {
                        <[::std::vec::Vec<&'static #private::ProblemType>]>::concat(&[#(#listed),*])
                    }
                    fn into_problem(self) -> #private::Problem { #body }
                }
                #conversions
                #thiserror
            };
        }
    }
}
