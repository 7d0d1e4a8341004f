//! The attributes and derives of `secure-api`, one line each. They are documented where they are
//! re-exported: in the `secure-api` crate.
#![allow(missing_docs, reason = "documented on the re-export, where the examples can run")]

mod concern;
mod derive;
mod diag;
mod key;
mod message;
mod path;

use proc_macro::TokenStream;

#[proc_macro_derive(Role, attributes(role))]
pub fn role(item: TokenStream) -> TokenStream {
    derive::role::expand(item.into()).into()
}

#[proc_macro_derive(Version, attributes(version))]
pub fn version(item: TokenStream) -> TokenStream {
    derive::version::expand(item.into()).into()
}

#[proc_macro_derive(Input, attributes(input))]
pub fn input(item: TokenStream) -> TokenStream {
    derive::input::expand(item.into()).into()
}

#[proc_macro_derive(Value, attributes(value))]
pub fn value(item: TokenStream) -> TokenStream {
    derive::value::expand(item.into()).into()
}
