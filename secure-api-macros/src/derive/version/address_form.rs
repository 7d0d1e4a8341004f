//! `#[version(paths = "as written", reason = "…")]` above the enum: the form of the addresses of all its versions.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, LitStr};

use crate::{concern::role, diag::Diagnostics, fingerprint::Fingerprint, key, keys, message};

/// The form of an API's addresses, where it is another than ours.
#[derive(Default)]
pub(super) struct AddressForm {
    /// The reason why paths are as written.
    as_written: Option<LitStr>,
}

impl AddressForm {
    /// Reads the keys above the enum; what is wrong with them is reported.
    pub(super) fn read(attributes: &[Attribute], diag: &mut Diagnostics) -> Self {
        let keys = key::helper_keys(attributes, "version", keys::VERSIONS, diag);
        let find = |name: &str| keys.iter().find(|key| key.is(name));
        let reason = find("reason").map(|key| (key.span(), role::reason(key, diag)));
        let Some(paths) = find("paths") else {
            if let Some((span, _)) = reason {
                let text = "`reason` says why, and nothing is stated that needs it";
                let help = "write `paths = \"as written\"` before it, or remove it";
                diag.report(span, &message::GRAMMAR, &[text, help]);
            }
            return Self::default();
        };
        let Some(text) = paths.text(diag) else { return Self::default() };
        if text.value() != "as written" {
            let told = format!(
                "paths are lower-case words with hyphens or as written, and never `{}`",
                text.value()
            );
            let help = "write `paths = \"as written\"`, or leave it out";
            diag.report(text.span(), &message::GRAMMAR, &[&told, help]);
            return Self::default();
        }
        if reason.is_none() {
            diag.report(paths.span(), &message::EMPTY_REASON, &["paths", "reason"]);
        }
        Self { as_written: reason.and_then(|(_, reason)| reason) }
    }

    /// Adds what is stated to a fingerprint.
    pub(super) fn add_to(&self, table: Fingerprint) -> Fingerprint {
        match &self.as_written {
            None => table,
            Some(_) => table.text("paths as written"),
        }
    }

    /// Expands `AddressForm` of the runtime.
    pub(super) fn expand(&self, private: &TokenStream) -> TokenStream {
        match &self.as_written {
            None => quote!(#private::AddressForm::CANONICAL),
            Some(reason) => quote!(#private::AddressForm {
                as_written: ::core::option::Option::Some(#reason),
                ..#private::AddressForm::CANONICAL
            }),
        }
    }
}
