//! The attributes and derives of `secure-api`, one line each. They are documented where they are
//! re-exported: in the `secure-api` crate.
#![allow(missing_docs, reason = "documented on the re-export, where the examples can run")]

mod api;
mod concern;
mod derive;
mod diag;
mod key;
mod message;
mod module;
mod path;
mod route;
mod signature;

use proc_macro::TokenStream;

#[proc_macro_derive(Role, attributes(role))]
pub fn role(item: TokenStream) -> TokenStream {
    derive::role::expand(item.into()).into()
}

#[proc_macro_derive(Version, attributes(version))]
pub fn version(item: TokenStream) -> TokenStream {
    derive::version::expand(item.into()).into()
}

#[proc_macro_derive(Resource, attributes(view, sensitive))]
pub fn resource(item: TokenStream) -> TokenStream {
    derive::resource::expand(item.into()).into()
}

#[proc_macro_derive(ApiError, attributes(problem))]
pub fn api_error(item: TokenStream) -> TokenStream {
    derive::error::expand(item.into()).into()
}

#[proc_macro_attribute]
pub fn api(attribute: TokenStream, item: TokenStream) -> TokenStream {
    api::expand(attribute.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn get(attribute: TokenStream, item: TokenStream) -> TokenStream {
    route::expand(route::Verb::Get, attribute.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn post(attribute: TokenStream, item: TokenStream) -> TokenStream {
    route::expand(route::Verb::Post, attribute.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn put(attribute: TokenStream, item: TokenStream) -> TokenStream {
    route::expand(route::Verb::Put, attribute.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn patch(attribute: TokenStream, item: TokenStream) -> TokenStream {
    route::expand(route::Verb::Patch, attribute.into(), item.into()).into()
}

#[proc_macro_attribute]
pub fn delete(attribute: TokenStream, item: TokenStream) -> TokenStream {
    route::expand(route::Verb::Delete, attribute.into(), item.into()).into()
}

#[proc_macro_derive(Input, attributes(input))]
pub fn input(item: TokenStream) -> TokenStream {
    derive::input::expand(item.into()).into()
}

#[proc_macro_derive(Value, attributes(value))]
pub fn value(item: TokenStream) -> TokenStream {
    derive::value::expand(item.into()).into()
}

#[proc_macro_attribute]
pub fn routes(attribute: TokenStream, item: TokenStream) -> TokenStream {
    module::expand(attribute.into(), item.into()).into()
}

#[proc_macro]
pub fn defaults(keys: TokenStream) -> TokenStream {
    module::defaults(keys.into()).into()
}
