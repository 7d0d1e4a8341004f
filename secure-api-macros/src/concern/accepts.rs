//! `accepts("image/png", …)`: the media types of the bytes that a route takes.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{LitStr, Token, parse::Parser, punctuated::Punctuated};

use super::media_type::is_media_type;
use crate::{diag::Diagnostics, key::Key, message};

/// The media types as they were proved.
pub(crate) struct Accepts {
    pub(crate) span: Span,
    types: Vec<String>,
}

/// Reads the media types; what is none, has an argument of its own, or comes twice is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<Accepts> {
    let before = diag.count();
    let tokens = key.list(diag)?.clone();
    let help = "write `accepts(\"application/octet-stream\")`";
    let parser = Punctuated::<LitStr, Token![,]>::parse_terminated;
    let texts = diag.take(parser.parse2(tokens), help)?;
    if texts.is_empty() {
        diag.report(key.span(), &message::GRAMMAR, &["`accepts` names no media type", help]);
    }
    let mut types: Vec<String> = Vec::new();
    for text in &texts {
        let name = text.value();
        if let Some((why, help)) = flaw(&name) {
            diag.report(text.span(), &message::ACCEPTS, &[&name, why, &help]);
        } else if types.contains(&name) {
            diag.report(text.span(), &message::REPEATED_KEY, &[&name]);
        }
        types.push(name);
    }
    (diag.count() == before).then(|| Accepts { span: key.span(), types })
}

impl Accepts {
    /// Expands the list.
    pub(crate) fn expand(&self) -> TokenStream {
        let types = &self.types;
        quote!(&[#(#types),*])
    }
}

/// Returns the reason for which bytes are not taken as a media type, and what to do.
fn flaw(text: &str) -> Option<(&'static str, String)> {
    let told = |why, help: &str| Some((why, help.to_owned()));
    if !is_media_type(text) {
        let (why, example) =
            ("it is no media type in lower case and without parameters", meant(text));
        return Some((why, format!("write `\"{example}\"` in place of `\"{text}\"`")));
    }
    let (_, name) = text.split_once('/').unwrap_or_default();
    let suffix = name.rsplit_once('+').map_or(name, |(_, suffix)| suffix);
    match (text, suffix) {
        ("text/plain", _) => {
            told("text has an argument of its own", "take `TextBody<…>`, and remove `accepts`")
        }
        ("application/x-www-form-urlencoded", _) => {
            told("it is a form, whose fields have rules", "take `Form<…>`, and remove `accepts`")
        }
        ("application/merge-patch+json", _) => told(
            "it is a merge patch, whose fields have rules",
            "take `Patch<…>`, and remove `accepts`",
        ),
        (_, "json") => {
            told("it is JSON, whose members have rules", "take `Json<…>`, and remove `accepts`")
        }
        _ if text.starts_with("multipart/") => {
            told("it has parts, which have rules", "take `Upload<…>`, and remove `accepts`")
        }
        _ => None,
    }
}

/// Returns the media type that was probably meant.
fn meant(text: &str) -> String {
    let lower = text.trim().to_ascii_lowercase();
    let name = lower.split(';').next().unwrap_or_default().trim();
    if is_media_type(name) && flaw(name).is_none() {
        name.to_owned()
    } else {
        "application/octet-stream".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_an_argument_of_its_own_is_no_bytes() {
        for text in [
            "application/octet-stream",
            "image/png",
            "text/csv",
            "application/xml",
            "application/x-foo",
        ] {
            assert!(flaw(text).is_none(), "{text}");
        }
        for text in [
            "text/plain",
            "application/json",
            "application/vnd.a+json",
            "application/merge-patch+json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "image/*",
            "*/*",
            "image",
            "",
        ] {
            assert!(flaw(text).is_some(), "{text}");
        }
        assert_eq!(meant(" Image/PNG ; q=1"), "image/png");
        assert_eq!(meant("image/*; q=1"), "application/octet-stream");
    }
}
