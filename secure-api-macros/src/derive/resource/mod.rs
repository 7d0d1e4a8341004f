//! `#[derive(Resource)]`: what of an entity leaves, view by view.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::diag::Diagnostics;

mod check;
mod expand;
mod spec;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut diag = Diagnostics::new();
    let spec = spec::ResourceSpec::read(&input, &mut diag);
    let policy = check::check(spec, &mut diag);
    let errors = diag.finish();
    let code = expand::expand(policy);
    quote!(#errors #code)
}
