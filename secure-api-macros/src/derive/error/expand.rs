//! The code of an error: its problem types, the problem that each variant becomes, and the conversions that `?` makes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Fields, Type, spanned::Spanned};

use super::{ErrorPolicy, Kind, Variant, only_field};
use crate::path;

impl ErrorPolicy<'_> {
    pub(super) fn expand(&self) -> TokenStream {
        let Self { input, variants } = self;
        let private = path::private();
        let ident = &input.ident;
        let (generics, arguments, condition) = input.generics.split_for_impl();
        // The same wherever the tokens around it come from.
        let cause = Ident::new("source", Span::mixed_site());
        let mut statics = TokenStream::new();
        let mut listed = TokenStream::new();
        let mut arms = TokenStream::new();
        let mut conversions = TokenStream::new();
        for (index, variant) in variants.iter().enumerate() {
            let Variant { ident: variant, fields, kind, from: made_of } = variant;
            let named = quote::format_ident!("PROBLEM_{index}");
            let from = |ty: &Type| {
                quote! {
                    #[automatically_derived]
                    impl #generics ::core::convert::From<#ty> for #ident #arguments #condition {
                        fn from(source: #ty) -> Self { Self::#variant(source) }
                    }
                }
            };
            if let Kind::Internal(_) | Kind::Transparent(_) = kind {
                conversions.extend(made_of.iter().map(|ty| {
                    quote_spanned! {ty.span()=>
                        #[automatically_derived]
                        impl #generics ::core::convert::From<#ty> for #ident #arguments #condition {
                            fn from(source: #ty) -> Self {
                                Self::#variant(::core::convert::From::<#ty>::from(source))
                            }
                        }
                    }
                }));
            }
            match kind {
                Kind::Problem { status, uri, title, retry_after, source } => {
                    let retry_after = retry_after.map(|seconds| quote!(.retry_after(#seconds)));
                    statics.extend(quote! {
                        static #named: #private::ProblemType =
                            #private::ProblemType::new(#status, #uri, #title) #retry_after;
                    });
                    listed.extend(quote!(problems.push(&#named);));
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
                    conversions.extend(from(ty));
                    listed.extend(quote!(problems.push(&#private::INTERNAL);));
                    let private = path::private_at(ty.span());
                    let problem =
                        quote_spanned!(ty.span()=> <#ty as #private::Cause>::internal(#cause));
                    arms.extend(quote!(Self::#variant(#cause) => #problem,));
                }
                Kind::Transparent(ty) => {
                    conversions.extend(from(ty));
                    let private = path::private_at(ty.span());
                    let error = quote_spanned!(ty.span()=> <#ty as #private::ApiError>);
                    let problems = quote_spanned!(ty.span()=> #error::problems());
                    let problem = quote_spanned!(ty.span()=> #error::into_problem(#cause));
                    listed.extend(quote!(problems.extend(#problems);));
                    arms.extend(quote!(Self::#variant(#cause) => #problem,));
                }
                Kind::Broken => {
                    arms.extend(quote!(Self::#variant { .. } => loop {},));
                }
            }
        }
        let body = if variants.is_empty() { quote!(loop {}) } else { quote!(match self { #arms }) };
        quote! {
            const _: () = {
                #statics
                #[automatically_derived]
                impl #generics #private::ApiError for #ident #arguments #condition {
                    fn problems() -> ::std::vec::Vec<&'static #private::ProblemType> {
                        #[allow(unused_mut)]
                        let mut problems = ::std::vec::Vec::new();
                        #listed
                        problems
                    }
                    fn into_problem(self) -> #private::Problem { #body }
                }
                #conversions
            };
        }
    }
}
