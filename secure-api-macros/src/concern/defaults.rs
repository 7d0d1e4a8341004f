//! The defaults of a module: the keys that a route may omit, and their constant.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::{
    by::{self, By},
    limit::{self, Limits},
    outage::{self, Outage},
    role::{self, Access},
    version::{self, Versions},
};
use crate::{diag::Diagnostics, key::Key, path};

/// The defaults that one module states.
#[derive(Default)]
pub(crate) struct Defaults {
    versions: Option<Versions>,
    access: Option<Access>,
    limits: Option<Limits>,
    by: Option<By>,
    outage: Option<Outage>,
}

impl Defaults {
    /// Reads those of the keys that routes inherit.
    pub(crate) fn parse(keys: &[Key], diag: &mut Diagnostics) -> Self {
        let find = |name: &str| keys.iter().find(|key| key.is(name));
        Self {
            versions: find("version")
                .and_then(|key| key.expr(diag))
                .and_then(|expr| version::parse(expr, diag)),
            access: role::access(find("role"), find("public"), diag),
            limits: find("limit").and_then(|key| limit::parse(key, diag)),
            by: find("by").and_then(|key| by::parse(key, diag)),
            outage: find("outage").and_then(|key| outage::parse(key, diag)),
        }
    }

    /// Returns the constant's value, with what is around it as `outer`. `__p` is in scope.
    pub(crate) fn expand(&self, module: &TokenStream, outer: &TokenStream) -> TokenStream {
        let Self { versions, access, limits, by, outage } = self;
        let versions = option(versions.as_ref().map(Versions::expand));
        let access = option(access.as_ref().map(Access::expand));
        let limits = limits.as_ref().map(|limits| {
            let limits = limits.expand();
            quote!(&[__p::LimitUse::rest(#limits)])
        });
        let limits = option(limits);
        let by = by.as_ref().map(By::expand).map(|by| quote!(.by(#by)));
        let outage = outage.as_ref().map(|outage| outage.expand(&quote!(__p)));
        let outage = outage.map(|outage| quote!(.outage(#outage)));
        quote!(__p::Defaults::new(#module, #versions, #access, #limits)#by #outage.within(#outer))
    }

    /// Returns the check of what it states. `constant` gives the constant, placed on a span.
    pub(crate) fn check(
        &self,
        module: &str,
        constant: impl Fn(Span) -> TokenStream,
    ) -> Option<TokenStream> {
        let span = self.versions.as_ref()?.span();
        let (private, constant) = (path::private_at(span), constant(span));
        Some(quote_spanned! {span=>
            const _: () = #private::check_module_versions(#module, #constant.versions());
        })
    }
}

/// Returns the items by which the routes of a module find its defaults, where `value` is the expression of these
/// defaults. `__p` is in scope there. A module below says them too if it imports all names of this one, unless it says
/// some itself.
pub(crate) fn said(value: &TokenStream, private: &TokenStream) -> TokenStream {
    let imports = path::imports();
    quote! {
        #[doc(hidden)]
        struct _DefaultsOfThisModule;
        #[doc(hidden)]
        #[allow(dead_code)]
        trait _DefaultsOfThisModuleAreSaid {
            fn secure_api_defaults(self) -> _DefaultsOfThisModule;
        }
        impl _DefaultsOfThisModuleAreSaid for #private::Module {
            fn secure_api_defaults(self) -> _DefaultsOfThisModule {
                _DefaultsOfThisModule
            }
        }
        const _: () = {
            #imports
            impl __p::Says for _DefaultsOfThisModule {
                const DEFAULTS: __p::Defaults = #value;
                const MODULE: &'static ::core::primitive::str = ::core::module_path!();
            }
        };
    }
}

/// Returns the defaults that hold where this stands, whether or not a module states some. `__p` is in scope.
pub(crate) fn here() -> TokenStream {
    quote! {
        __p::defaults_of(::core::module_path!(), &|module: __p::Module| module.secure_api_defaults())
    }
}

/// Returns the name of the constant that stands beside a module.
pub(crate) fn constant(module: &Ident) -> Ident {
    format_ident!("_DEFAULTS_OF_{}", module.unraw())
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
