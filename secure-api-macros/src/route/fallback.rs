//! What stands in for a route whose declaration has mistakes, so that they are the only errors.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Verb, check::Remains};
use crate::signature::Handler;

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
    let verb = format_ident!("{verb:?}");
    let keys = (0..remains.parameters.len()).filter_map(|place| {
        let argument = remains.arguments.iter().find(|bound| bound.parameter == Some(place))?;
        let ty = argument.ty;
        Some(quote_spanned! {ty.span()=>
            <#ty as ::secure_api::__private::PathArgument<::secure_api::__private::#verb>>::Key
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
            pub const _SECURE_API_ROUTES: &'static [&'static ::secure_api::__private::Route] = &[];
        }
        #[allow(dead_code)]
        impl ::secure_api::__private::Endpoint for #ident {
            type Key = #key;
            const NAME: ::secure_api::__private::OperationName =
                ::secure_api::__private::OperationName::new("", "", 0);
            const STEP: ::core::option::Option<&'static ::secure_api::__private::Route> =
                ::core::option::Option::None;
            const ROUTE: &'static ::secure_api::__private::Route = loop {};
        }
    }
}
