//! The attributes before a field in the list of a view.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, Meta, spanned::Spanned};

use crate::{
    broken,
    concern::{
        exception::{self, Allow},
        version::{self, Versions},
    },
    diag::Diagnostics,
    key, keys, message,
};

/// The cases in which a field is left out.
#[derive(Clone, Copy)]
pub(super) enum Absent {
    /// No case: it is null.
    Never,
    /// Each in which it is nothing, as all fields of the view.
    InView,
    /// The same, as `#[optional]` says before it.
    Here(Span),
}

/// The attributes before a field in a list.
pub(super) struct Before {
    pub(super) versions: Option<Versions>,
    pub(super) cfg: Option<TokenStream>,
    pub(super) max_items: Option<Expr>,
    pub(super) depth: Option<Expr>,
    pub(super) allow: Option<Allow>,
    pub(super) absent: Absent,
}

/// Returns `true` if no attribute makes the field conditional.
pub(super) fn is_always(attributes: &[Attribute]) -> bool {
    let mut names = attributes.iter().map(Attribute::path);
    names.all(|name| {
        ["doc", "max_items", "depth", "optional", "allow"].iter().any(|known| name.is_ident(known))
    })
}

/// Reads `#[since(Version::V2)]`, `#[until(Version::V3)]`, `#[max_items(500)]`, `#[depth(5)]`, `#[optional]`, `#[cfg(…)]` and
/// `#[allow(plain_secret, reason = "…")]`.
pub(super) fn before(attributes: &[Attribute], optional: bool, diag: &mut Diagnostics) -> Before {
    let mut absent = if optional { Absent::InView } else { Absent::Never };
    let (mut since, mut until, mut max_items, mut depth, mut allow) =
        (None, None, None, None, None);
    for attribute in attributes {
        let known = keys::VIEW_FIELD.iter().find(|known| attribute.path().is_ident(known));
        if known == Some(&"allow") {
            let key = syn::parse2::<key::Key>(attribute.meta.to_token_stream());
            let key = diag.take(key, "write `#[allow(plain_secret, reason = \"…\")]`");
            allow = key.and_then(|key| exception::parse(&key, keys::VIEW_ALLOW, diag));
            continue;
        }
        if known == Some(&"optional") {
            if !matches!(attribute.meta, Meta::Path(_)) {
                let text = "`optional` takes no value";
                diag.report_on(&attribute.meta, &message::GRAMMAR, &[text, "write `#[optional]`"]);
            }
            absent = Absent::Here(attribute.path().span());
            continue;
        }
        if broken::is_named(&attribute.meta.to_token_stream()) {
            continue;
        }
        let path = attribute.path();
        let (place, help) = match known.copied() {
            Some("cfg") => continue,
            None if path.is_ident("doc") => continue,
            Some("since") => (&mut since, "write one version: `#[since(Version::V2)]`"),
            Some("until") => (&mut until, "write one version: `#[until(Version::V2)]`"),
            Some("max_items") => (&mut max_items, "write how many at most: `#[max_items(500)]`"),
            Some("depth") => (&mut depth, "write how many levels at most: `#[depth(5)]`"),
            _ => {
                let text = "a field in a view has no such attribute";
                let help = if path.is_ident("cfg_attr") {
                    "list it twice: `#[cfg(…)]` before one, `#[cfg(not(…))]` before the other"
                } else {
                    "there are `#[since(Version::…)]`, `#[until(Version::…)]`, `#[max_items(…)]`, `#[depth(…)]`, `#[optional]`, `#[cfg(…)]` and `#[allow(…)]`"
                };
                diag.report_on(path, &message::GRAMMAR, &[text, help]);
                continue;
            }
        };
        let is_bound = path.is_ident("max_items") || path.is_ident("depth");
        if let Some(value) = diag.take(attribute.parse_args::<Expr>(), help)
            && (is_bound || version::is_value(&value, "Version::V1", diag))
            && place.replace(value).is_some()
        {
            let name = path.to_token_stream().to_string();
            diag.report_on(attribute, &message::REPEATED_KEY, &[&name]);
        }
    }
    let versions = match (since, until) {
        (None, None) => None,
        (Some(since), None) => Some(Versions::From(since)),
        (None, Some(until)) => Some(Versions::UpToBefore(until)),
        (Some(since), Some(until)) => Some(Versions::Before(since, until)),
    };
    let cfg = condition(attributes, diag).map(|condition| quote!(#[cfg(#condition)]));
    Before { versions, cfg, max_items, depth, allow, absent }
}

/// Joins the conditions of all `#[cfg(…)]` attributes into one.
pub(super) fn condition(attributes: &[Attribute], diag: &mut Diagnostics) -> Option<TokenStream> {
    let mut conditions = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")) {
        match &attribute.meta {
            Meta::List(list) => conditions.push(list.tokens.clone()),
            Meta::Path(_) | Meta::NameValue(_) => {
                let help = "write `#[cfg(feature = \"…\")]`";
                diag.report_on(attribute, &message::GRAMMAR, &["`cfg` needs a condition", help]);
            }
        }
    }
    match &conditions[..] {
        [] => None,
        [one] => Some(one.clone()),
        all => Some(quote!(all(#(#all),*))),
    }
}
