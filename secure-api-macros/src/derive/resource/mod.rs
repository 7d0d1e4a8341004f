//! `#[derive(Resource)]`: what of an entity leaves, view by view.

use proc_macro2::TokenStream;

use crate::{key, keys, unmarked};

pub(crate) mod alone;
mod attribute;
mod base;
mod before;
mod check;
mod checks;
mod expand;
mod field;
mod listed;
mod shown;
mod spec;
mod transparent;
mod unshown;
mod untagged;
mod view;
mod write;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    super::derive(item, "resource", |input, diag| {
        let keys = key::helper_keys(&input.attrs, "resource", keys::RESOURCE, diag);
        if let Some(key) = keys.iter().find(|key| key.is("transparent")) {
            key.flag(diag);
            return transparent::expand(input, &keys, diag);
        }
        unmarked::of_resource(input);
        let spec = spec::ResourceSpec::read(input, keys, diag);
        expand::expand(check::check(spec, diag))
    })
}
