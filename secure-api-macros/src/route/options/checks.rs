//! The checks of the further keys that are left to the compiler.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::Options;
use crate::concern::{deprecated::Deprecated, limit, scope::Scopes};

impl Options {
    /// Expands the checks of these keys that are left to the compiler. `route` names the route's constant at a place;
    /// `facts` are those of its arguments.
    pub(in crate::route) fn checks(
        &self,
        limits: &[limit::LimitArm],
        route: &dyn Fn(Span) -> TokenStream,
        facts: &[TokenStream],
    ) -> TokenStream {
        let Self {
            by: _,
            scopes,
            acr,
            amr,
            max_age,
            outage: _,
            credential,
            deprecated,
            body_limit,
            timeout,
            page,
            redirects,
            media_type,
            accepts,
            kinds,
            open,
            lasts,
            allow,
            excuse: _,
        } = self;
        let mut checks = TokenStream::new();
        let mut check = |span: Span, function: &str, further: &[TokenStream]| {
            let (function, route) = (Ident::new(function, span), route(span));
            checks.extend(
                quote_spanned!(span=> const _: () = __p::#function(#route #(, #further)*);),
            );
        };
        if let Some(scope) = scopes.as_ref().and_then(Scopes::constant) {
            check(scope.span(), "check_scopes", &[]);
        }
        for names in [acr, amr].into_iter().flatten() {
            if let Some(name) = names.constant() {
                check(name.span(), "check_authentication", &[]);
                break;
            }
        }
        if let Some(age) = max_age {
            check(age.span(), "check_max_age", &[]);
        }
        if let Some(span) = *credential {
            check(span, "check_credential", &[]);
        }
        if let Some(instead) = deprecated.as_ref().and_then(Deprecated::instead) {
            let span = instead.span();
            let other = quote_spanned!(span=> <#instead as __p::Endpoint>::ROUTE);
            check(span, "check_instead", &[other]);
        }
        if let Some(bytes) = body_limit {
            check(bytes.span(), "check_body_limit", &[quote!(&[#(#facts),*])]);
        }
        if let Some(timeout) = timeout {
            check(timeout.span(), "check_timeout", &[]);
        }
        if let Some(redirects) = redirects {
            check(redirects.span, "check_redirects", &[]);
        }
        if let Some(media_type) = media_type {
            check(media_type.span, "check_media_type", &[]);
        }
        if let Some(accepts) = accepts {
            check(accepts.span, "check_accepts", &[quote!(&[#(#facts),*])]);
        }
        if let Some(kinds) = kinds {
            check(kinds.span, "check_kinds", &[quote!(&[#(#facts),*])]);
        }
        for (key, value) in [("open", open), ("lasts", lasts)] {
            if let Some(value) = value {
                check(value.span(), "check_open", &[quote!(#key)]);
            }
        }
        if let Some(page) = page {
            check(page.span, "check_page", &[]);
        }
        for rule in allow.iter().flat_map(|allow| &allow.rules) {
            let name = rule.to_string();
            let owned = quote!(__p::Probe::<__B>::OWNED);
            check(rule.span(), "check_allowed", &[quote!(#name), owned]);
        }
        for (index, arm) in limits.iter().enumerate().filter(|(_, arm)| arm.may_count_further()) {
            check(arm.span(), "check_counted", &[quote!(#index)]);
        }
        if limits.len() > 1 {
            for (index, arm) in limits.iter().enumerate() {
                check(arm.span(), "check_limit_arm", &[quote!(#index)]);
            }
        }
        checks
    }
}
