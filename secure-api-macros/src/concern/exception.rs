//! `allow(rule, reason = "…")` on a route or an API: an exception from a rule, in Rust's own form.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::LitStr;

use crate::{
    concern::role,
    diag::Diagnostics,
    key::{self, Key, KeyValue},
    message,
};

/// Rules that are known, and why they do not hold here.
pub(crate) struct Allow {
    pub(crate) rules: Vec<Ident>,
    pub(crate) reason: LitStr,
}

/// Reads it; an unknown rule, and one without a reason, are reported.
pub(crate) fn parse(key: &Key, known: &[&str], diag: &mut Diagnostics) -> Option<Allow> {
    let entries = key::keys_of(key.list(diag)?.clone(), diag);
    let read_before = diag.count();
    let (mut rules, mut reason): (Vec<Ident>, Option<LitStr>) = (Vec::new(), None);
    for entry in entries {
        let name = entry.name.to_string();
        if entry.is("reason") && matches!(entry.value, KeyValue::Value(_)) {
            if reason.is_some() {
                diag.report(entry.span(), &message::REPEATED_KEY, &[&name]);
            } else {
                reason = role::reason(&entry, diag);
            }
        } else if !known.contains(&name.as_str()) {
            let help = key::nearest(&name, known);
            diag.report(entry.span(), &message::UNKNOWN_RULE, &[&name, &help]);
        } else if rules.iter().any(|rule| entry.is(&rule.to_string())) {
            diag.report(entry.span(), &message::REPEATED_KEY, &[&name]);
        } else if entry.flag(diag) {
            rules.push(entry.name);
        }
    }
    if diag.count() > read_before {
        return None;
    }
    if rules.is_empty() {
        let first = known.first().unwrap_or(&"rule");
        let help = format!("name a rule: `allow({first}, reason = \"…\")`");
        diag.report(key.span(), &message::GRAMMAR, &["`allow` names no rule", &help]);
        return None;
    }
    if reason.is_none() {
        diag.report(key.span(), &message::EMPTY_REASON, &["allow", "reason"]);
    }
    Some(Allow { rules, reason: reason? })
}

impl Allow {
    /// Returns `&'static [FieldException]` of the runtime. `__p` is in scope.
    pub(crate) fn expand_of_field(&self) -> TokenStream {
        self.listed(&quote!(__p::FieldException))
    }

    /// Returns `&'static [Allowed]` of the runtime, with the module's reason for a path, where either is stated. `__p` is in
    /// scope.
    pub(crate) fn expand(own: Option<&Self>, path: Option<&LitStr>) -> Option<TokenStream> {
        let ty = quote!(__p::Allowed);
        let own = own.map(|allow| allow.rows(&ty));
        let path = path.map(|reason| quote!(#ty { rule: "path", reason: #reason },));
        (own.is_some() || path.is_some()).then(|| quote!(&[#own #path]))
    }

    fn listed(&self, ty: &TokenStream) -> TokenStream {
        let rows = self.rows(ty);
        quote!(&[#rows])
    }

    fn rows(&self, ty: &TokenStream) -> TokenStream {
        let Self { rules, reason } = self;
        let rules = rules.iter().map(|rule| {
            let rule = rule.to_string();
            quote!(#ty { rule: #rule, reason: #reason },)
        });
        quote!(#(#rules)*)
    }
}
