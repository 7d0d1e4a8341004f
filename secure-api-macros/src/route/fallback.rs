//! What stands in for a route whose declaration has mistakes, so that they are the only errors.

use proc_macro2::TokenStream;
use quote::quote;

use crate::signature::Handler;

/// The name as a type, with no operation behind it: what lists or links to the route still resolves.
pub(super) fn expand(handler: &Handler, errors: Option<TokenStream>) -> TokenStream {
    let (visibility, ident) = (&handler.visibility, handler.ident());
    quote! {
        #errors
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, missing_docs)]
        #visibility struct #ident {}
        #[allow(dead_code)]
        impl #ident {
            #[doc(hidden)]
            pub const __ROUTES: &'static [&'static ::secure_api::__private::Route] = &[];
        }
        const _: () = {
            // The handler counts as used: that it is not served is the mistake that was just reported.
            let _ = #ident;
        };
    }
}
