//! `version = V1..`: the versions a route is in, as a range written in place.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Expr, ItemEnum, RangeLimits, spanned::Spanned};

use crate::{
    broken,
    diag::Diagnostics,
    message::{self, Message},
    path,
    source::{Attribute, site, uses},
};

/// A range of versions; each end is a constant expression.
pub(crate) enum Versions {
    Only(Expr),
    From(Expr),
    Between(Expr, Expr),
    Before(Expr, Expr),
    UpTo(Expr),
    UpToBefore(Expr),
}

/// Reads a range; one without an end names no version enum and is reported.
pub(crate) fn parse(expr: &Expr, diag: &mut Diagnostics) -> Option<Versions> {
    if broken::is_named(&expr.to_token_stream()) {
        return None;
    }
    let Expr::Range(range) = expr else {
        return is_value(expr, "version = Version::V1..", diag)
            .then(|| Versions::Only(expr.clone()));
    };
    let (start, end) = (range.start.as_deref().cloned(), range.end.as_deref().cloned());
    if !start.iter().chain(&end).all(|end| is_value(end, "Version::V1", diag)) {
        return None;
    }
    if let (Some(start), Some(end)) = (&start, &end)
        && let Some((first, last)) = places_of(start, end)
        && let closed = matches!(range.limits, RangeLimits::Closed(_))
        && (last < first || last == first && !closed)
    {
        let [start, end] = [start, end].map(|end| path::tokens_as_written(&end.to_token_stream()));
        let dots = if closed { "..=" } else { ".." };
        let help = match first == last {
            true => format!("write `{start}`, that version alone"),
            false => format!("write `{end}{dots}{start}`, from an older to a newer one"),
        };
        let empty = Message { text: "the range of versions is empty", ..message::VERSION_EMPTY };
        diag.report_with(expr, &empty, &[], &help);
        return None;
    }
    Some(match (start, end, &range.limits) {
        (Some(start), None, _) => Versions::From(start),
        (Some(start), Some(end), RangeLimits::Closed(_)) => Versions::Between(start, end),
        (Some(start), Some(end), RangeLimits::HalfOpen(_)) => Versions::Before(start, end),
        (None, Some(end), RangeLimits::Closed(_)) => Versions::UpTo(end),
        (None, Some(end), RangeLimits::HalfOpen(_)) => Versions::UpToBefore(end),
        (None, None, _) => {
            let help = "write from which version on: `version = Version::V1..`";
            diag.report_on(expr, &message::GRAMMAR, &["`..` names no version", help]);
            return None;
        }
    })
}

/// Returns the places of two versions in their enum, by which they are older and newer, where the file has it or brings it.
fn places_of(start: &Expr, end: &Expr) -> Option<(usize, usize)> {
    let (of, first) = variant(start)?;
    let (other, last) = variant(end)?;
    let site = site::site().filter(|_| of == other)?;
    let (file, item) = uses::type_of(&site.file, &site.module, &of.to_string())?;
    let is_conditional = |attribute: &Attribute| attribute.name.starts_with("cfg");
    let versions: ItemEnum = syn::parse_str(&file.text[item.place.clone()]).ok()?;
    let place = |name: &Ident| versions.variants.iter().position(|variant| variant.ident == *name);
    (!item.attributes.iter().any(is_conditional)).then_some((place(first)?, place(last)?))
}

/// Returns the enum and the variant of a path that names them.
fn variant(version: &Expr) -> Option<(&Ident, &Ident)> {
    let Expr::Path(path) = version else { return None };
    let mut segments = path.path.segments.iter().filter(|_| path.qself.is_none());
    match (segments.next(), segments.next(), segments.next()) {
        (Some(of), Some(name), None) => Some((&of.ident, &name.ident)),
        _ => None,
    }
}

/// Returns `false` for a literal, which is no version, and reports it with one written in this form. Anything else is left to
/// the compiler.
pub(crate) fn is_value(expr: &Expr, form: &str, diag: &mut Diagnostics) -> bool {
    if let Expr::Lit(literal) = expr {
        let help = format!("write it as a path: `{}`", form.replace("V1", &variant_of(literal)));
        diag.report_on(
            expr,
            &message::GRAMMAR,
            &["a version is a variant of the API's enum", &help],
        );
    }
    !matches!(expr, Expr::Lit(_))
}

/// Returns the variant that a text or number may be about, as `V2` of `"v2"`.
fn variant_of(literal: &syn::ExprLit) -> String {
    let text = match &literal.lit {
        syn::Lit::Str(text) => text.value(),
        other => other.to_token_stream().to_string(),
    };
    let number: String = text.trim_start_matches(['v', 'V']).to_owned();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { format!("V{number}") } else { "V1".to_owned() }
}

impl Versions {
    /// Returns the span of the start of the range.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Only(expr) | Self::From(expr) | Self::UpTo(expr) | Self::UpToBefore(expr) => {
                expr.span()
            }
            Self::Between(start, _) | Self::Before(start, _) => start.span(),
        }
    }

    /// Returns the range as a constant of the runtime. `private` is in scope as `__p`.
    pub(crate) fn expand(&self) -> TokenStream {
        let point = |expr: &Expr| quote_spanned!(expr.span()=> (#expr).point());
        let (range, span) = match self {
            Self::Only(only) => {
                let only = point(only);
                (quote_spanned!(only.span()=> only(#only)), only.span())
            }
            Self::From(start) => {
                let point = point(start);
                (quote_spanned!(start.span()=> from(#point)), start.span())
            }
            Self::Between(start, end) => {
                let (first, last) = (point(start), point(end));
                (quote_spanned!(start.span()=> between(#first, #last)), start.span())
            }
            Self::Before(start, end) => {
                let (first, last) = (point(start), point(end));
                (quote_spanned!(start.span()=> before(#first, #last)), start.span())
            }
            Self::UpTo(end) => {
                let point = point(end);
                (quote_spanned!(end.span()=> up_to(#point)), end.span())
            }
            Self::UpToBefore(end) => {
                let point = point(end);
                (quote_spanned!(end.span()=> up_to_before(#point)), end.span())
            }
        };
        quote_spanned!(span=> __p::VersionRange::#range)
    }
}
