//! What stands in for a route whose declaration has mistakes, so that they are the only errors.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Verb, check::Remains};
use crate::{path, signature::Handler};

/// The name as a type, with no operation behind it: what lists or links to the route still resolves.
pub(super) fn expand(
    verb: Verb,
    handler: &Handler,
    remains: &Remains<'_>,
    errors: Option<TokenStream>,
) -> TokenStream {
    if handler.is_method() {
        return quote!(#errors #handler);
    }
    let (visibility, ident) = (&handler.visibility, handler.ident());
    let private = path::private();
    let verb = format_ident!("{verb:?}");
    let keys = (0..remains.parameters.len()).filter_map(|place| {
        let argument = remains.arguments.iter().find(|bound| bound.parameter == Some(place))?;
        let ty = argument.ty;
        Some(quote_spanned! {ty.span()=>
            <#ty as #private::PathArgument<#private::#verb>>::Key
        })
    });
    let keys: Vec<_> = keys.collect();
    let key = match &keys[..] {
        [key] => key.clone(),
        keys => quote!((#(#keys),*)),
    };
    quote! {
        #errors
        // The handler counts as used: that it is not served is the mistake that was just reported.
        #[allow(dead_code)]
        #handler
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, missing_docs)]
        #visibility struct #ident {}
        #[allow(dead_code)]
        impl #ident {
            #[doc(hidden)]
            pub const _SECURE_API_ROUTES: &'static [&'static #private::Route] = &[];
        }
        #[allow(dead_code)]
        impl #private::Endpoint for #ident {
            type Key = #key;
            const ROUTE: &'static #private::Route = loop {};
        }
    }
}
