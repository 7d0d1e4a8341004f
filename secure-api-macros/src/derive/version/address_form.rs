//! `#[version(paths = "as written", place = none, below = "/api", reason = "…")]` above the enum: the form of the addresses of all
//! its versions.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, LitStr};

use super::{VersionLine, place::Place};
use crate::{
    concern::{path, role},
    diag::Diagnostics,
    fingerprint::Fingerprint,
    key::{self, Key},
    keys, message,
};

/// The form of an API's addresses, where it is another than ours.
#[derive(Default)]
pub(super) struct AddressForm {
    /// `true` if paths are as written.
    as_written: bool,
    /// The place of the version in a request.
    place: Place,
    /// The segments that all paths are below.
    below: Option<LitStr>,
    /// The reason for what needs one.
    reason: Option<LitStr>,
}

impl AddressForm {
    /// Reads the keys above the enum; what is wrong with them is reported.
    pub(super) fn read(attributes: &[Attribute], diag: &mut Diagnostics) -> Self {
        let keys = key::helper_keys(attributes, "version", keys::VERSIONS, diag);
        let find = |name: &str| keys.iter().find(|key| key.is(name));
        let as_written = find("paths").is_some_and(|paths| is_as_written(paths, diag));
        let place = find("place").and_then(|place| Place::read(place, diag)).unwrap_or_default();
        let below =
            find("below").and_then(|below| read_below(below, as_written, place.is_stated(), diag));
        let reason = find("reason").map(|key| (key.span(), role::reason(key, diag)));
        let needy = find("paths").or(find("place").filter(|_| !place.is_path()));
        match (needy, &reason) {
            (None, Some((span, _))) if find("place").is_none() => {
                let text = "`reason` says why, and nothing is stated that needs it";
                let help = "write `paths = \"as written\"` before it, or remove it";
                diag.report(*span, &message::GRAMMAR, &[text, help]);
            }
            (Some(key), None) if as_written || !place.is_path() => {
                let name = key.name.to_string();
                diag.report(key.span(), &message::EMPTY_REASON, &[&name, "reason"]);
            }
            _ => {}
        }
        Self { as_written, place, below, reason: reason.and_then(|(_, reason)| reason) }
    }

    /// Checks what is stated against the versions that there are.
    pub(super) fn check(&self, versions: &[VersionLine<'_>], diag: &mut Diagnostics) {
        self.place.check(versions, diag);
    }

    /// Adds what is stated to a fingerprint.
    pub(super) fn add_to(&self, table: Fingerprint) -> Fingerprint {
        let table = if self.as_written { table.text("paths as written") } else { table };
        let table = self.place.add_to(table);
        match &self.below {
            Some(below) => table.text("below").text(&below.value()),
            None => table,
        }
    }

    /// Expands `AddressForm` of the runtime, for versions of these names, with the place of the one that is meant where none is stated.
    pub(super) fn expand(
        &self,
        (names, unstated): (&[&str], Option<usize>),
        private: &TokenStream,
    ) -> TokenStream {
        let Self { as_written, place, below, reason } = self;
        if !as_written && place.is_path() && below.is_none() {
            return quote!(#private::AddressForm::CANONICAL);
        }
        let reason = |is_stated: bool| match reason.as_ref().filter(|_| is_stated) {
            Some(reason) => quote!(::core::option::Option::Some(#reason)),
            None => quote!(::core::option::Option::None),
        };
        let (as_written, elsewhere) = (reason(*as_written), reason(!place.is_path()));
        let below = below.as_ref().map_or_else(String::new, LitStr::value);
        let place = place.expand(names, private);
        let unstated = match unstated.and_then(|place| u8::try_from(place).ok()) {
            Some(place) => quote!(::core::option::Option::Some(#place)),
            None => quote!(::core::option::Option::None),
        };
        quote!(#private::AddressForm {
            as_written: #as_written,
            below: #below,
            place: #place,
            elsewhere: #elsewhere,
            unstated: #unstated,
        })
    }
}

/// Returns `true` for paths that are as written; another value is reported.
fn is_as_written(paths: &Key, diag: &mut Diagnostics) -> bool {
    let Some(text) = paths.text(diag) else { return false };
    if text.value() == "as written" {
        return true;
    }
    let told = format!(
        "paths are lower-case words with hyphens or as written, and never `{}`",
        text.value()
    );
    let help = "write `paths = \"as written\"`, or leave it out";
    diag.report(text.span(), &message::GRAMMAR, &[&told, help]);
    false
}

/// Reads the segments that all paths are below: as those of a path, without parameters.
fn read_below(
    below: &Key,
    as_written: bool,
    is_stated: bool,
    diag: &mut Diagnostics,
) -> Option<LitStr> {
    let literal = below.text(diag)?;
    // Where requests state the version elsewhere, `/v1` is a segment as any.
    let root = path::RoutePath::none(literal.span());
    let path = path::parse_prefix(is_stated.then_some(&root), &literal, diag)?;
    if let Some(parameter) = path.parameters.first() {
        let text =
            format!("`below` is the same for all requests, and has no parameter `{{{parameter}}}`");
        let help = "write `below = \"/api\"`, and the parameter into the paths";
        diag.report(literal.span(), &message::GRAMMAR, &[&text, help]);
        return None;
    }
    if let Some(told) = path.unusual.filter(|_| !as_written) {
        diag.take(Err::<(), _>(syn::Error::new(literal.span(), told)), "");
        return None;
    }
    Some(literal)
}
