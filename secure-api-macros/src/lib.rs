//! The attributes and derives of `secure-api`, one line each. They are documented where they are
//! re-exported: in the `secure-api` crate.
//!
#![doc = include_str!("../README.md")]
#![allow(missing_docs, reason = "documented on the re-export, where the examples can run")]

mod api;
mod broken;
mod concern;
mod derive;
mod diag;
mod fingerprint;
mod key;
mod keys;
mod krate;
mod message;
mod module;
mod object;
mod path;
mod question;
mod reason;
mod rename;
mod route;
mod scope;
mod signature;
mod source;
mod typed;
mod unmarked;

use proc_macro::TokenStream;

#[proc_macro_derive(Role, attributes(role, serde, validate, garde))]
pub fn role(item: TokenStream) -> TokenStream {
    krate::derive(item.into(), &["role"], derive::role::expand).into()
}

#[proc_macro_derive(Version, attributes(version, serde, validate, garde))]
pub fn version(item: TokenStream) -> TokenStream {
    krate::derive(item.into(), &["version"], derive::version::expand).into()
}

#[proc_macro_derive(Resource, attributes(view, sensitive, resource, serde, validate, garde))]
pub fn resource(item: TokenStream) -> TokenStream {
    krate::derive(item.into(), &["resource"], derive::resource::expand).into()
}

#[proc_macro_derive(ResponseHeaders, attributes(header, serde, validate, garde))]
pub fn response_headers(item: TokenStream) -> TokenStream {
    krate::derive(item.into(), &["header"], derive::headers::expand).into()
}

#[proc_macro_attribute]
pub fn view(view: TokenStream, item: TokenStream) -> TokenStream {
    krate::derive(item.into(), &["resource"], |item| {
        derive::resource::alone::expand(view.into(), item)
    })
    .into()
}

#[proc_macro_derive(ApiError, attributes(problem, error, from, serde, validate, garde))]
pub fn api_error(item: TokenStream) -> TokenStream {
    krate::derive(item.into(), &["problem"], derive::error::expand).into()
}

#[proc_macro_attribute]
pub fn api(attribute: TokenStream, item: TokenStream) -> TokenStream {
    krate::attribute(attribute.into(), |keys| api::expand(keys, item.into())).into()
}

#[proc_macro_attribute]
pub fn get(attribute: TokenStream, item: TokenStream) -> TokenStream {
    krate::attribute(attribute.into(), |keys| route::expand(route::Verb::Get, keys, item.into()))
        .into()
}

#[proc_macro_attribute]
pub fn post(attribute: TokenStream, item: TokenStream) -> TokenStream {
    krate::attribute(attribute.into(), |keys| route::expand(route::Verb::Post, keys, item.into()))
        .into()
}

#[proc_macro_attribute]
pub fn put(attribute: TokenStream, item: TokenStream) -> TokenStream {
    krate::attribute(attribute.into(), |keys| route::expand(route::Verb::Put, keys, item.into()))
        .into()
}

#[proc_macro_attribute]
pub fn patch(attribute: TokenStream, item: TokenStream) -> TokenStream {
    krate::attribute(attribute.into(), |keys| route::expand(route::Verb::Patch, keys, item.into()))
        .into()
}

#[proc_macro_attribute]
pub fn delete(attribute: TokenStream, item: TokenStream) -> TokenStream {
    krate::attribute(attribute.into(), |keys| route::expand(route::Verb::Delete, keys, item.into()))
        .into()
}

#[proc_macro_attribute]
pub fn query(attribute: TokenStream, item: TokenStream) -> TokenStream {
    krate::attribute(attribute.into(), |keys| route::expand(route::Verb::Query, keys, item.into()))
        .into()
}

/// Puts the code that an attribute made for an item beside it. Only generated code has this.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn beside(code: TokenStream, item: TokenStream) -> TokenStream {
    [item, code].into_iter().collect()
}

#[proc_macro_derive(Input, attributes(input, serde, validate, garde))]
pub fn input(item: TokenStream) -> TokenStream {
    krate::derive(item.into(), &["input"], derive::input::expand).into()
}

#[proc_macro_derive(Value, attributes(value, serde, validate, garde))]
pub fn value(item: TokenStream) -> TokenStream {
    krate::derive(item.into(), &["value"], derive::value::expand).into()
}

#[proc_macro_attribute]
pub fn routes(attribute: TokenStream, item: TokenStream) -> TokenStream {
    krate::attribute(attribute.into(), |keys| module::expand(keys, item.into())).into()
}

#[proc_macro]
pub fn defaults(keys: TokenStream) -> TokenStream {
    krate::attribute(keys.into(), module::defaults).into()
}

#[proc_macro]
pub fn question(text: TokenStream) -> TokenStream {
    question::expand(text.into()).into()
}

#[proc_macro_attribute]
pub fn object(attribute: TokenStream, item: TokenStream) -> TokenStream {
    krate::attribute(attribute.into(), |keys| object::expand(keys, item.into())).into()
}
