//! `place = none`: the place where a request states its version.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Expr;

use super::VersionLine;
use crate::{diag::Diagnostics, fingerprint::Fingerprint, key::Key, message};

/// The place where a request states its version.
#[derive(Default)]
pub(super) enum Place {
    /// A segment of its path.
    #[default]
    Path,
    /// Nowhere: there is one version.
    Nowhere(Span),
}

impl Place {
    /// Reads the value of `place`; another one is reported.
    pub(super) fn read(key: &Key, diag: &mut Diagnostics) -> Option<Self> {
        let value = key.expr(diag)?;
        let named = match value {
            Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        };
        match named.as_deref() {
            Some("path") => Some(Self::Path),
            Some("none") => Some(Self::Nowhere(key.span())),
            _ => {
                let text = "this is no place where a request states its version";
                let help = "write `place = none` for an API of one version, or leave it out";
                diag.report_on(value, &message::GRAMMAR, &[text, help]);
                None
            }
        }
    }

    /// Returns `true` for a segment of the path, which needs no reason.
    pub(super) const fn is_path(&self) -> bool {
        matches!(self, Self::Path)
    }

    /// Checks it against the versions that there are.
    pub(super) fn check(&self, versions: &[VersionLine<'_>], diag: &mut Diagnostics) {
        if let Self::Nowhere(span) = self
            && let [first, second, ..] = versions
        {
            let (first, second) = (first.ident.to_string(), second.ident.to_string());
            diag.report(*span, &message::VERSION_UNTOLD, &[&first, &second]);
        }
    }

    /// Adds it to a fingerprint.
    pub(super) fn add_to(&self, table: Fingerprint) -> Fingerprint {
        match self {
            Self::Path => table,
            Self::Nowhere(_) => table.text("stated nowhere"),
        }
    }

    /// Expands `VersionPlace` of the runtime.
    pub(super) fn expand(&self, private: &TokenStream) -> TokenStream {
        match self {
            Self::Path => quote!(#private::VersionPlace::Path),
            Self::Nowhere(_) => quote!(#private::VersionPlace::Nowhere),
        }
    }
}
