//! `allow(rule, reason = "…")` on a field: the exceptions that an input can make, and what they are from.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::LitStr;

use super::{decided::decided, role};
use crate::{
    diag::Diagnostics,
    key::{self, Key, KeyValue},
    keys, message, path,
};

/// A question to the type of a field that has the name of a secret, and the place of the exception.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SecretCheck {
    /// A secret is no plain text.
    Asked,
    /// A secret that may be plain text is that: else nothing was to be allowed.
    Allowed(Span),
}

/// The exceptions of one field.
#[derive(Debug, Default)]
pub(crate) struct Allowed {
    read_only: Option<Span>,
    plain_secret: Option<Span>,
    active_content: Option<Span>,
    reason: Option<LitStr>,
    /// The place and the reason of `key = "…"`, for a key of an object that nobody loads.
    key: Option<(Span, LitStr)>,
}

impl Allowed {
    /// Reads `key = "reason"`; what is wrong with it is reported.
    pub(crate) fn read_key(&mut self, key: &Key, diag: &mut Diagnostics) {
        if let Some(reason) = role::reason(key, diag) {
            self.key = Some((key.span(), reason));
        }
    }

    /// Reads one `allow(…)`; what is wrong with it is reported.
    pub(crate) fn read(&mut self, key: &Key, diag: &mut Diagnostics) {
        let Some(list) = key.list(diag).cloned() else { return };
        let mut reason = false;
        for key in key::known_once(key::keys_of(list, diag), keys::FIELD_ALLOW, diag) {
            if key.is("reason") {
                reason = true;
                self.reason = role::reason(&key, diag);
            } else if key.flag(diag) && key.is("read_only") {
                self.read_only = Some(key.span());
            } else if key.is("active_content") && matches!(key.value, KeyValue::Flag) {
                self.active_content = Some(key.span());
            } else if matches!(key.value, KeyValue::Flag) {
                self.plain_secret = Some(key.span());
            }
        }
        if !reason {
            diag.report(key.span(), &message::EMPTY_REASON, &["allow", "reason"]);
        }
    }

    /// Returns the exceptions as a constant of the runtime's: each rule with the reason.
    pub(crate) fn expand(&self) -> TokenStream {
        let private = path::private();
        let Self { read_only, plain_secret, active_content, reason, key } = self;
        // One without a reason is reported.
        let reason = reason.as_ref().map(LitStr::value).unwrap_or_default();
        let rules = [
            (read_only, "read_only"),
            (plain_secret, "plain_secret"),
            (active_content, "active_content"),
        ];
        let rules = rules
            .iter()
            .filter(|(span, _)| span.is_some())
            .map(|(_, rule)| quote!(#private::FieldException { rule: #rule, reason: #reason }));
        let key = key
            .iter()
            .map(|(_, reason)| quote!(#private::FieldException { rule: "key", reason: #reason }));
        let rules = rules.chain(key);
        quote!(&[#(#rules),*])
    }

    /// Returns the span of `active_content`, if it is allowed. The field's kinds tell if there is any active content to
    /// allow.
    pub(crate) fn active_content(&self) -> Option<Span> {
        self.active_content
    }

    /// Returns the span of `key`, if a bare key is allowed. The field's type tells if it is a key.
    pub(crate) fn key(&self) -> Option<Span> {
        self.key.as_ref().map(|(span, _)| *span)
    }

    /// Reports a field of a read-only name without an exception, and exceptions from nothing. `secret` is `true` if a name
    /// says so. Returns the check of its type that is left to the compiler.
    pub(crate) fn check(
        &self,
        name: &str,
        secret: bool,
        settable: bool,
        span: Span,
        diag: &mut Diagnostics,
    ) -> Option<SecretCheck> {
        let name = snake_case(name);
        // Where a field says who may set it, nobody else does.
        let decided = decided(&name).filter(|_| !settable);
        match (self.read_only, decided) {
            (None, Some(says)) => diag.report(span, &message::READ_ONLY, &[&name, says]),
            (Some(span), None) => diag.report(span, &message::ALLOW_IDLE, &["read_only"]),
            (None, None) | (Some(_), Some(_)) => {}
        }
        match self.plain_secret {
            Some(span) if !secret => {
                diag.report(span, &message::ALLOW_IDLE, &["plain_secret"]);
                None
            }
            Some(span) => Some(SecretCheck::Allowed(span)),
            None => secret.then_some(SecretCheck::Asked),
        }
    }
}

/// Returns `createdAt`, `created-at` and `$created[at]` as `created_at`.
fn snake_case(name: &str) -> String {
    path::joined(&path::kebab_case(name), char::is_alphanumeric, "_")
}
