//! The checks of one route on types and constants, each at the token that it is about.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::{ext::IdentExt, spanned::Spanned};

use super::{alias, as_bound, descriptor, held};
use crate::{
    concern::{
        link::{self, Link},
        secret::{is_named_secret, is_secret_in_path},
    },
    path,
    route::{Verb, policy::RoutePolicy},
    signature,
};

/// Checks on types and constants. Each stands wholly at its own token, and nothing depends on any.
pub(super) fn checks(policy: &RoutePolicy<'_>) -> TokenStream {
    let RoutePolicy {
        verb,
        handler,
        path: written,
        versions,
        access,
        limits,
        defaults: _,
        flow,
        views,
        if_match,
        options,
        arguments,
        result,
    } = policy;
    let ident = handler.ident();
    let name = ident.unraw().to_string();
    let mut checks = TokenStream::new();
    let route_at = |span| descriptor(&name, span).into_token_stream();

    for (index, arm) in views.iter().enumerate() {
        let route = route_at(arm.span());
        checks.extend(quote_spanned!(arm.span()=> const _: () = __p::check_arm(#route, #index);));
        if let Some(mine) = arm.mine() {
            let (route, span) = (route_at(mine.span()), mine.span());
            let shown = path::as_written(path::innermost(result));
            checks.extend(quote_spanned! {span=>
                const _: () = __p::check_mine(
                    #route, #shown, __p::Probe::<__R>::OWNED, __p::Probe::<__R>::OWNER.is_some(),
                );
            });
        }
    }
    if views.is_empty() {
        checks
            .extend(quote_spanned!(result.span()=> const _: () = <__R as __p::NoView>::IS_NEEDED;));
    }
    let route = route_at(result.span());
    checks.extend(quote_spanned! {result.span()=>
        const _: () =
            __p::check_result(#route, __p::Probe::<__B>::OWNED);
    });
    if let Verb::Query = verb {
        let route = route_at(ident.span());
        checks.extend(quote_spanned! {ident.span()=>
            const _: () = __p::check_asks(#route);
        });
    }
    if let Some(versions) = versions {
        let route = route_at(versions.span());
        checks.extend(quote_spanned! {versions.span()=>
            const _: () = __p::check_versions(#route);
        });
    }
    if !options.allows("path") {
        // That of the prefix was told there, unless the versions are known only here.
        let prefix = written.unusual_prefix.as_ref().filter(|_| versions.is_some());
        if let Some(told) = written.unusual.as_ref().or(prefix) {
            let route = route_at(written.span);
            checks.extend(quote_spanned! {written.span=>
                const _: () = __p::check_spelling(#route, #told);
            });
        }
    }
    if versions.is_none() || access.is_none() {
        let (versions, access) = (versions.is_none(), access.is_none());
        checks.extend(quote_spanned! {ident.span()=>
            const _: () = __p::check_stated(#name, &__DEFAULTS, #versions, #access);
        });
    }
    if access.is_none() && (flow.guards() || options.asks_a_caller()) {
        let route = route_at(ident.span());
        checks.extend(quote_spanned! {ident.span()=>
            const _: () = __p::check_caller(#route);
        });
    }
    if let Some(condition) = if_match {
        let shows = &condition.shows;
        let route = route_at(shows.span());
        checks.extend(quote_spanned! {shows.span()=>
            const _: () = __p::check_if_match(#route, <#shows>::_SECURE_API_SHOWN.route());
        });
    }
    for Link { by, path } in link::of_body(handler.body()) {
        if by == "Created::at" {
            let route = route_at(path.span());
            checks.extend(quote_spanned! {path.span()=>
                const _: () = __p::check_created(#route, __p::Named::<#path>::ROUTE);
            });
        }
    }
    let mut facts = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        let bound = as_bound(index, argument);
        let fact = quote_spanned!(argument.ty.span()=> #bound::FACTS);
        let route = route_at(argument.ty.span());
        let what = argument.name.as_deref().unwrap_or("argument");
        let alias = alias(index, argument);
        let held = held(argument.ty);
        let stores = quote_spanned! {argument.ty.span()=>
            __p::Handed::<#alias>::STORE #(|| __p::Handed::<__p::Service<#held>>::STORE)*
        };
        checks.extend(quote_spanned! {argument.ty.span()=>
            const _: () = __p::check_argument(#route, #what, #fact, #stores);
        });
        // A type of such a name is told where it is made.
        if is_secret_in_path(what) && !is_named_secret(argument.ty) {
            checks.extend(quote_spanned! {argument.ty.span()=>
                const _: () = __p::check_secret_parameter(#what, #fact);
            });
        }
        facts.push(fact);
    }
    // Most handlers have at most one argument that may read a body, and nothing to compare.
    let mut earlier: Vec<&TokenStream> = Vec::new();
    for (argument, fact) in arguments.iter().zip(&facts) {
        if signature::reads_no_body(argument.ty) {
            continue;
        }
        if !earlier.is_empty() {
            let route = route_at(argument.ty.span());
            checks.extend(quote_spanned! {argument.ty.span()=>
                const _: () = __p::check_body(#route, #fact, &[#(#earlier),*]);
            });
        }
        earlier.push(fact);
    }
    checks.extend(flow.checks(&route_at));
    checks.extend(options.checks(limits.as_deref().unwrap_or_default(), &route_at, &facts));
    checks
}
