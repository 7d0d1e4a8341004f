//! `crate = ::renamed`: where the facade is found, for whoever depends on it by another name.
//!
//! Every attribute and derive takes the key, so it is taken out here before any of them reads its own. What is
//! expanded meanwhile goes through the doorway that the key names.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Path, parse::Parser, spanned::Spanned};

use crate::{diag::Diagnostics, message, path, unmarked};

mod renamed;

/// The same key, as `#[routes]` hands it to the attributes in its module. One of their own wins.
pub(crate) const INHERITED: &str = "__crate";

/// Expands an attribute whose keys may name the crate.
pub(crate) fn attribute(
    keys: TokenStream,
    expand: impl FnOnce(TokenStream) -> TokenStream,
) -> TokenStream {
    let mut diag = Diagnostics::new();
    let mut named = Named::default();
    let keys = named.take(keys, &mut diag);
    named.expand(diag, None, || expand(keys))
}

/// Expands a derive, on whose item one of these helper attributes may name the crate.
pub(crate) fn derive(
    item: TokenStream,
    helpers: &[&str],
    expand: impl FnOnce(TokenStream) -> TokenStream,
) -> TokenStream {
    let mut diag = Diagnostics::new();
    let mut named = Named::default();
    let mut tokens = item.into_iter().peekable();
    let mut kept = TokenStream::new();
    // Attributes come first, each a `#` with what is in its brackets.
    while let Some(hash) =
        tokens.next_if(|token| matches!(token, TokenTree::Punct(hash) if hash.as_char() == '#'))
    {
        let Some(attribute) = tokens.next() else { break };
        if let Some(attribute) = named.take_from(attribute, helpers, &mut diag) {
            kept.extend([hash, attribute]);
        }
    }
    kept.extend(tokens);
    named.expand(diag, helpers.first().copied(), || expand(kept))
}

#[derive(Default)]
struct Named {
    own: Option<Path>,
    inherited: Option<Path>,
}

impl Named {
    fn expand(
        self,
        mut diag: Diagnostics,
        place: Option<&str>,
        expand: impl FnOnce() -> TokenStream,
    ) -> TokenStream {
        let named = self.own.or(self.inherited);
        let named = named.or_else(|| renamed::meant(place, &mut diag));
        let errors = diag.finish();
        let code = match named {
            Some(crate_path) => path::with_crate(crate_path.into_token_stream(), expand),
            None => expand(),
        };
        let beside = unmarked::beside();
        quote!(#errors #code #beside)
    }

    /// Takes one attribute of an item: `doc = "…"` and others pass through as they are, and nothing is left of one that
    /// names the crate and no more.
    fn take_from(
        &mut self,
        token: TokenTree,
        helpers: &[&str],
        diag: &mut Diagnostics,
    ) -> Option<TokenTree> {
        let TokenTree::Group(outer) = &token else { return Some(token) };
        let inside: Vec<TokenTree> = outer.stream().into_iter().collect();
        let [TokenTree::Ident(name), TokenTree::Group(keys)] = &inside[..] else {
            return Some(token);
        };
        if helpers.iter().all(|helper| name != helper) || keys.stream().is_empty() {
            return Some(token);
        }
        let rest = self.take(keys.stream(), diag);
        if rest.is_empty() {
            return None;
        }
        let mut left = Group::new(keys.delimiter(), rest);
        left.set_span(keys.span());
        let mut attribute = Group::new(outer.delimiter(), quote!(#name #left));
        attribute.set_span(outer.span());
        Some(TokenTree::Group(attribute))
    }

    /// Returns the keys without those that name the crate.
    fn take(&mut self, keys: TokenStream, diag: &mut Diagnostics) -> TokenStream {
        let mut rest = TokenStream::new();
        let mut key: Vec<TokenTree> = Vec::new();
        for token in keys {
            let ends = matches!(&token, TokenTree::Punct(comma) if comma.as_char() == ',');
            key.push(token);
            if ends {
                rest.extend(self.read(std::mem::take(&mut key), diag));
            }
        }
        rest.extend(self.read(key, diag));
        rest
    }

    /// Keeps the path of a key that names the crate, and gives back every other key.
    fn read(&mut self, key: Vec<TokenTree>, diag: &mut Diagnostics) -> Vec<TokenTree> {
        let name = match &key[..] {
            [TokenTree::Ident(name), TokenTree::Punct(equals), ..] if equals.as_char() == '=' => {
                name.clone()
            }
            _ => return key,
        };
        let value = key
            .iter()
            .skip(2)
            .filter(|token| !matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','));
        let value: TokenStream = value.cloned().collect();
        if name == "crate" {
            if self.own.is_some() {
                diag.report(name.span(), &message::REPEATED_KEY, &["crate"]);
            } else {
                self.own = absolute(&name, value, diag);
            }
        } else if name == INHERITED {
            self.inherited = Path::parse_mod_style.parse2(value).ok();
        } else {
            return key;
        }
        Vec::new()
    }
}

/// Returns the path if it is one that means the same everywhere. Another one is reported, and read as if it had been.
fn absolute(key: &Ident, value: TokenStream, diag: &mut Diagnostics) -> Option<Path> {
    let span = value.clone().into_iter().next().map_or(key.span(), |first| first.span());
    let Ok(mut crate_path) = Path::parse_mod_style.parse2(value) else {
        let help = "write `crate = ::renamed`, without quotes";
        diag.report(span, &message::GRAMMAR, &["`crate` takes the path of a crate", help]);
        return None;
    };
    let first = crate_path.segments.first()?.ident.to_string();
    if crate_path.leading_colon.is_none() && first != "crate" && first != "$crate" {
        let text = crate_path.to_token_stream().to_string().replace(' ', "");
        let from_root = match text.rsplit_once("super::").or(text.rsplit_once("self::")) {
            Some((_, rest)) => format!("crate::…::{rest}"),
            None => format!("::{text}"),
        };
        diag.report(crate_path.span(), &message::CRATE_RELATIVE, &[&text, &from_root]);
        crate_path.leading_colon = Some(syn::Token![::](Span::call_site()));
    }
    Some(crate_path)
}
