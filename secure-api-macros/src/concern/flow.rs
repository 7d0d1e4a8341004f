//! `after(checkout, within = …, at_least = …)` and `idempotency_key`: in which order, and once only.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Expr, Ident, Path, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
    spanned::Spanned,
};

use super::role::Access;
use crate::{
    diag::Diagnostics,
    key::{self, Key, KeyValue},
    keys, message,
};

/// The keys about order and repetition of one route.
pub(crate) struct Flow {
    after: Option<After>,
    idempotency_key: bool,
}

/// The step before, and how long it counts.
struct After {
    step: Path,
    within: Expr,
    at_least: Option<Expr>,
}

/// The two keys, as written.
#[derive(Default)]
pub(crate) struct FlowSpec {
    after: Option<Key>,
    idempotency_key: Option<Key>,
}

impl FlowSpec {
    /// Returns the slot of the key of this name, or `None` if it is none of these keys.
    pub(crate) fn place(&mut self, name: &str) -> Option<&mut Option<Key>> {
        match name {
            "after" => Some(&mut self.after),
            "idempotency_key" => Some(&mut self.idempotency_key),
            _ => None,
        }
    }

    /// Checks the keys: each needs a caller, and `idempotency_key` a verb that is not idempotent by itself.
    pub(crate) fn check(
        self,
        route: &Ident,
        verb: &str,
        access: Option<&Access>,
        diag: &mut Diagnostics,
    ) -> Flow {
        let name = route.unraw().to_string();
        let public = matches!(access, Some(Access::Public(_)));
        let stated = [&self.after, &self.idempotency_key];
        for key in stated.into_iter().flatten().filter(|_| public) {
            diag.report(key.span(), &message::FLOW_PUBLIC, &[&name, &key.name.to_string()]);
        }
        let after = self.after.and_then(|key| parse_after(&key, diag));
        let idempotency_key = self.idempotency_key.is_some_and(|key| {
            if !matches!(verb, "post" | "patch") {
                diag.report(key.span(), &message::KEY_VERB, &[&verb.to_uppercase()]);
            }
            key.flag(diag)
        });
        Flow { after, idempotency_key }
    }
}

/// Parses a step, and how long it counts.
fn parse_after(key: &Key, diag: &mut Diagnostics) -> Option<After> {
    let example = "write the route that comes first, and how long it counts: `after(checkout, within = Duration::from_secs(1800))`";
    if let KeyValue::Value(step) = &key.value {
        let step = step.to_token_stream().to_string().replace(" :: ", "::").replace('"', "");
        let help = format!("write `after({step}, within = Duration::from_secs(1800))`");
        let text = "`after` takes its values in parentheses";
        diag.report(key.span(), &message::GRAMMAR, &[text, &help]);
        return None;
    }
    let list = key.list(diag)?;
    let read = |input: ParseStream<'_>| {
        if input.is_empty() || (input.peek(syn::Ident) && input.peek2(Token![=])) {
            return Err(syn::Error::new(key.span(), "`after` names no step"));
        }
        let step = input.parse::<Path>()?;
        key::comma(input, diag);
        Ok((step, key::parse_keys(input, diag)))
    };
    let read = read.parse2(list.clone());
    let (step, (keys, complete)) = diag.take(read, example)?;
    let (mut within, mut at_least) = (None, None);
    let before = diag.count();
    for key in key::known_once(keys, keys::AFTER, diag) {
        let value = key.measure(diag).cloned();
        if key.is("within") { within = value } else { at_least = value }
    }
    // What is missing is no further mistake where something was misspelt.
    if within.is_none() && complete && diag.count() == before {
        let step = crate::path::tokens_as_written(&step.to_token_stream());
        let at_least = at_least.as_ref().map(|at_least| {
            format!(", at_least = {}", crate::path::tokens_as_written(&at_least.to_token_stream()))
        });
        let at_least = at_least.unwrap_or_default();
        let help = format!("after({step}, within = Duration::from_secs(1800){at_least})");
        diag.report(key.span(), &message::AFTER_FOREVER, &[&help]);
    }
    Some(After { step, within: within?, at_least })
}

impl Flow {
    /// Returns `true` if the route has a step before it or takes an idempotency key.
    pub(crate) fn guards(&self) -> bool {
        self.after.is_some() || self.idempotency_key
    }

    /// Returns `true` if the route takes an idempotency key.
    pub(crate) fn is_keyed(&self) -> bool {
        self.idempotency_key
    }

    /// Returns `Flow` of the runtime, where there is one. `__p` is in scope.
    pub(crate) fn expand(&self) -> Option<TokenStream> {
        let Self { after, idempotency_key } = self;
        let Some(After { step, within, at_least }) = after else {
            return idempotency_key.then(|| quote!(__p::Flow::KEY));
        };
        let at_least = match at_least {
            Some(at_least) => quote!(#at_least),
            None => quote!(::core::time::Duration::ZERO),
        };
        let step = quote_spanned!(step.span()=> <#step as __p::Endpoint>::NAME);
        Some(quote! {
            __p::Flow {
                after: ::core::option::Option::Some(__p::After {
                    step: #step,
                    within: #within,
                    at_least: #at_least,
                }),
                idempotency_key: #idempotency_key,
            }
        })
    }

    /// Checks that only the compiler can make, each at its own token; `route_at` spells the route there.
    pub(crate) fn checks(&self, route_at: &dyn Fn(Span) -> TokenStream) -> TokenStream {
        let Some(After { step, within, .. }) = &self.after else { return TokenStream::new() };
        let route = route_at(within.span());
        let times = quote_spanned!(within.span()=> const _: () = __p::check_within(#route););
        let route = route_at(step.span());
        let order = quote_spanned! {step.span()=>
            const _: () = __p::check_after(#route, <#step as __p::Endpoint>::STEP);
        };
        quote!(#times #order)
    }
}
