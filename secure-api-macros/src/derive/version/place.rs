//! `place = none`: the place where a request states its version.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Expr, ExprLit, Lit, LitStr};

use super::{VersionLine, media_type};
use crate::{diag::Diagnostics, fingerprint::Fingerprint, key::Key, message};

/// The place where a request states its version.
#[derive(Default)]
pub(super) enum Place {
    /// A segment of its path.
    #[default]
    Path,
    /// Nowhere: there is one version.
    Nowhere(Span),
    /// A field of its header.
    Header(LitStr),
    /// A parameter of its query.
    Query(LitStr),
    /// The media type of what is sent and accepted.
    MediaType(LitStr),
}

impl Place {
    /// Reads the value of `place`; another one is reported.
    pub(super) fn read(key: &Key, diag: &mut Diagnostics) -> Option<Self> {
        let value = key.expr(diag)?;
        match place_of(value) {
            Some(("path", None)) => Some(Self::Path),
            Some(("none", None)) => Some(Self::Nowhere(key.span())),
            Some(("header", Some(name))) => {
                let fault = fault_of_header(&name.value());
                checked(name, "X-Api-Version", fault, diag).map(Self::Header)
            }
            Some(("query", Some(name))) => {
                let fault = fault_of_parameter(&name.value());
                checked(name, "api-version", fault, diag).map(Self::Query)
            }
            Some(("media_type", Some(written))) => {
                media_type::checked(written, diag).map(Self::MediaType)
            }
            _ => {
                let text = "this is no place where a request states its version";
                let help = "write `place = header(\"X-Api-Version\")`, `place = query(\"api-version\")`, \
                            `place = media_type(\"application/vnd.acme.{version}+json\")` or, for one version, `place = none`";
                diag.report_on(value, &message::GRAMMAR, &[text, help]);
                None
            }
        }
    }

    /// Returns `true` where requests state the version, and not in their path.
    pub(super) const fn is_stated(&self) -> bool {
        matches!(self, Self::Header(_) | Self::Query(_) | Self::MediaType(_))
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
        let mut unstated = versions.iter().filter_map(|line| line.unstated);
        if let Some(first) = unstated.next().filter(|_| !self.is_stated()) {
            diag.report(first, &message::VERSION_UNSTATED, &[]);
        }
        for line in versions.iter().filter(|line| line.preview.is_some()) {
            if let Some(span) = line.unstated {
                let text = "a preview is for those who ask for it, and never meant by a request that states no version";
                let help = "move `unstated` to a version that is released, or remove it";
                diag.report(span, &message::GRAMMAR, &[text, help]);
            }
        }
        for second in unstated {
            diag.report(second, &message::REPEATED_KEY, &["unstated"]);
        }
    }

    /// Adds it to a fingerprint.
    pub(super) fn add_to(&self, table: Fingerprint) -> Fingerprint {
        match self {
            Self::Path => table,
            Self::Nowhere(_) => table.text("stated nowhere"),
            Self::Header(name) => table.text("stated in a header").text(&name.value()),
            Self::Query(name) => table.text("stated in the query").text(&name.value()),
            Self::MediaType(written) => table.text("stated by media types").text(&written.value()),
        }
    }

    /// Expands `VersionPlace` of the runtime, for versions of these names.
    pub(super) fn expand(&self, names: &[&str], private: &TokenStream) -> TokenStream {
        match self {
            Self::Path => quote!(#private::VersionPlace::Path),
            Self::Nowhere(_) => quote!(#private::VersionPlace::Nowhere),
            Self::Header(name) => {
                let lower = name.value().to_ascii_lowercase();
                quote!(#private::VersionPlace::Header(#name, #lower))
            }
            Self::Query(name) => quote!(#private::VersionPlace::Query(#name)),
            Self::MediaType(written) => {
                let types = names.iter().map(|name| media_type::of(written, name));
                quote!(#private::VersionPlace::MediaType(#written, &[#(#types),*]))
            }
        }
    }
}

/// Returns the word of a place, with the text in its parentheses.
fn place_of(value: &Expr) -> Option<(&'static str, Option<&LitStr>)> {
    let (name, text) = match value {
        Expr::Path(path) => (path, None),
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else { return None };
            let [Expr::Lit(ExprLit { lit: Lit::Str(text), .. })] = &Vec::from_iter(&call.args)[..]
            else {
                return None;
            };
            (path, Some(text))
        }
        _ => return None,
    };
    let name = name.path.get_ident()?;
    let word =
        ["path", "none", "header", "query", "media_type"].into_iter().find(|word| name == word)?;
    Some((word, text))
}

/// Returns a name that has no fault; one that has is reported.
fn checked(
    name: &LitStr,
    usual: &str,
    fault: Option<&str>,
    diag: &mut Diagnostics,
) -> Option<LitStr> {
    let Some(fault) = fault else { return Some(name.clone()) };
    diag.report(name.span(), &message::VERSION_STATED_AS, &[&name.value(), fault, usual]);
    None
}

/// The beginnings of headers that state something else.
const OWNED: &[&str] = &[
    "accept",
    "access-control-",
    "ali-cdn-real-ip",
    "authorization",
    "cf-connecting-ip",
    "cf-connecting-ipv6",
    "cf-pseudo-ipv4",
    "client-cert",
    "client-ip",
    "connection",
    "content-",
    "cookie",
    "do-connecting-ip",
    "dpop",
    "expect",
    "fastly-client-ip",
    "fly-client-ip",
    "forwarded",
    "host",
    "http2-settings",
    "idempotency-key",
    "if-",
    "incap-client-ip",
    "keep-alive",
    "max-forwards",
    "origin",
    "proxy-",
    "range",
    "sec-",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "true-client-ip",
    "upgrade",
    "vary",
    "via",
    "wl-proxy-client-ip",
    "x-api-key",
    "x-appengine-user-ip",
    "x-azure-clientip",
    "x-azure-socketip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-envoy-external-address",
    "x-forwarded-",
    "x-http-method",
    "x-method-override",
    "x-nf-client-connection-ip",
    "x-original-forwarded-for",
    "x-original-url",
    "x-originating-ip",
    "x-real-ip",
    "x-remote-addr",
    "x-remote-ip",
    "x-request-id",
    "x-rewrite-url",
    "x-sucuri-clientip",
    "x-vercel-forwarded-for",
];

/// Returns the reason for which a header states no version.
fn fault_of_header(name: &str) -> Option<&'static str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let lower = name.to_ascii_lowercase();
    let is_owned = |owned: &&'static str| match owned.ends_with('-')
        || ["accept", "client-cert"].contains(owned)
    {
        true => lower.starts_with(*owned),
        false => lower == **owned,
    };
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.bytes().all(is_plain) {
        Some("it is no name of a header of letters, digits and `-`")
    } else if OWNED.iter().any(is_owned) {
        Some("others read that header")
    } else {
        None
    }
}

/// Returns the reason for which a parameter states no version.
fn fault_of_parameter(name: &str) -> Option<&'static str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.bytes().all(is_plain) {
        Some("it is no parameter of letters, digits, `-`, `_` and `.`")
    } else if matches!(name, "fields" | "size" | "cursor") {
        Some("the framework reads that parameter")
    } else {
        None
    }
}
