//! `#[derive(Resource)]`: what of an entity leaves, view by view.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::{diag::Diagnostics, key};

mod base;
mod check;
mod checks;
mod expand;
mod field;
mod listed;
mod shown;
mod spec;
mod transparent;
mod view;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut diag = Diagnostics::new();
    let keys = key::helper_keys(&input.attrs, "resource", &["tag", "transparent"], &mut diag);
    if let Some(key) = keys.iter().find(|key| key.is("transparent")) {
        key.flag(&mut diag);
        return transparent::expand(&input, &keys, diag);
    }
    let spec = spec::ResourceSpec::read(&input, keys, &mut diag);
    let policy = check::check(spec, &mut diag);
    let errors = diag.finish();
    let code = expand::expand(policy);
    quote!(#errors #code)
}
