//! The name of a route as a type: what `routes(…)`, `after(…)` and `Created::at` name it by.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use crate::{path, signature::Handler};

/// Expands the handler's name as a type, with the code of the route beside it.
///
/// The code comes by an attribute of the type: where no type can be, in an `impl`, the compiler says so of the
/// handler's name, and does not get to the code.
pub(super) fn expand(handler: &Handler, code: TokenStream) -> TokenStream {
    let (visibility, ident, private) = (&handler.visibility, handler.ident(), path::private());
    quote_spanned! {ident.span()=>
        #[#private::beside(#code)]
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, missing_docs)]
        #visibility struct #ident {}
    }
}
