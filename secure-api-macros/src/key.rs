//! The keys of an attribute: `name`, `name = value` or `name(…)`, separated by commas, each at most once.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{
    Expr, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
};

use crate::{diag::Diagnostics, message};

/// One key as written, with the spans of its name and its value apart.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) name: Ident,
    pub(crate) value: KeyValue,
}

#[derive(Debug, Clone)]
pub(crate) enum KeyValue {
    /// `name`
    Flag,
    /// `name = value`
    Value(Expr),
    /// `name(…)`
    List(TokenStream),
}

impl Key {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub(crate) fn span(&self) -> Span {
        self.name.span()
    }

    /// Returns the value of `name = value`; anything else is reported.
    pub(crate) fn expr(&self, diag: &mut Diagnostics) -> Option<&Expr> {
        match &self.value {
            KeyValue::Value(expr) => Some(expr),
            KeyValue::Flag | KeyValue::List(_) => {
                let text = format!("`{}` needs a value", self.name);
                let help = format!("write `{} = …`", self.name);
                diag.report(self.span(), &message::GRAMMAR, &[&text, &help]);
                None
            }
        }
    }

    /// Returns the text of `name = "text"`; anything else is reported.
    pub(crate) fn text(&self, diag: &mut Diagnostics) -> Option<syn::LitStr> {
        let expr = self.expr(diag)?;
        // What a macro by example passes on as `$text:literal` comes in a group without delimiters.
        let mut inner = expr;
        while let Expr::Group(group) = inner {
            inner = &group.expr;
        }
        if let Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = inner {
            return Some(text.clone());
        }
        let text = format!("`{}` takes a text in quotes", self.name);
        let help = format!("write `{} = \"…\"`", self.name);
        diag.report_on(expr, &message::GRAMMAR, &[&text, &help]);
        None
    }

    /// Returns the tokens between the parentheses of `name(…)`; any other form of value is reported.
    pub(crate) fn list(&self, diag: &mut Diagnostics) -> Option<&TokenStream> {
        match &self.value {
            KeyValue::List(tokens) => Some(tokens),
            KeyValue::Flag | KeyValue::Value(_) => {
                let text = format!("`{}` takes its values in parentheses", self.name);
                let help = format!("write `{}(…)`", self.name);
                diag.report(self.span(), &message::GRAMMAR, &[&text, &help]);
                None
            }
        }
    }

    /// Returns the names of `name(A, B)`; anything else is reported.
    pub(crate) fn names(&self, diag: &mut Diagnostics) -> Vec<Ident> {
        let help = format!("write `{}(A, B)`", self.name);
        let tokens = match &self.value {
            KeyValue::List(tokens) => tokens.clone(),
            KeyValue::Flag | KeyValue::Value(_) => {
                self.list(diag);
                // What it names is meant all the same, so that nothing else is told of it.
                let KeyValue::Value(value) = &self.value else { return Vec::new() };
                return value.to_token_stream().into_iter().filter_map(name_in).collect();
            }
        };
        let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
        let Ok(paths) = parser.parse2(tokens.clone()) else {
            let parser = Punctuated::<Ident, Token![,]>::parse_terminated;
            diag.take(parser.parse2(tokens.clone()), &help);
            return tokens.into_iter().filter_map(name_in).collect();
        };
        let names = paths.into_iter().filter_map(|path| {
            if path.segments.len() > 1 {
                let help = "write the name alone";
                diag.report_on(&path, &message::GRAMMAR, &["these are names of this enum", help]);
            }
            path.segments.into_iter().last().map(|segment| segment.ident)
        });
        names.collect()
    }

    /// Asserts that nothing follows the name; anything else is reported.
    pub(crate) fn flag(&self, diag: &mut Diagnostics) -> bool {
        let (KeyValue::Value(_) | KeyValue::List(_)) = &self.value else { return true };
        let text = format!("`{}` takes no value", self.name);
        let help = format!("write `{}` alone", self.name);
        diag.report(self.span(), &message::GRAMMAR, &[&text, &help]);
        false
    }
}

impl Parse for Key {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        if input.peek(Token![:]) {
            let text = format!("`{name}` and its value are parted by `=`");
            let help = format!("write `{name} = …`");
            return Err(syn::Error::new(input.span(), message::GRAMMAR.render(&[&text, &help])));
        }
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            if input.is_empty() || input.peek(Token![,]) {
                let text = format!("`{name}` needs a value");
                let help = format!("write `{name} = …`");
                return Err(syn::Error::new(name.span(), message::GRAMMAR.render(&[&text, &help])));
            }
            KeyValue::Value(ungrouped(input.parse()?))
        } else if input.peek(syn::token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            KeyValue::List(content.parse()?)
        } else {
            KeyValue::Flag
        };
        Ok(Self { name, value })
    }
}

impl ToTokens for Key {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.name.to_tokens(tokens);
        match &self.value {
            KeyValue::Flag => {}
            KeyValue::Value(value) => value.to_tokens(tokens),
            KeyValue::List(list) => list.to_tokens(tokens),
        }
    }
}

/// Unwraps an expression that a declarative macro passed on as one fragment: a range is a range wherever it was
/// written. rust-analyzer passes it on in parentheses.
fn ungrouped(expr: Expr) -> Expr {
    match expr {
        Expr::Group(group) => ungrouped(*group.expr),
        Expr::Paren(paren) => ungrouped(*paren.expr),
        expr => expr,
    }
}

/// Reads keys up to the end of `input`, and tells whether it came there: what cannot be read is reported, and
/// ends the reading.
pub(crate) fn parse_keys(input: ParseStream<'_>, diag: &mut Diagnostics) -> (Vec<Key>, bool) {
    let mut keys = Vec::new();
    while !input.is_empty() {
        let first = input.span();
        let key = input.parse::<Key>();
        // What ends too early has no token to stand on but its first.
        let ended = input.is_empty();
        let key = key.map_err(|error| match error.to_string() {
            text if ended && !text.starts_with("SA") => syn::Error::new(first, text),
            _ => error,
        });
        let key = diag.take(key, "write `key`, `key = value` or `key(…)`");
        let readable = key.is_some();
        keys.extend(key);
        if !readable || !comma(input, diag) {
            drop(input.parse::<TokenStream>());
            return (keys, false);
        }
    }
    (keys, true)
}

/// Reads the comma between two keys. One that is missing before what may be a key is reported and does no harm.
pub(crate) fn comma(input: ParseStream<'_>, diag: &mut Diagnostics) -> bool {
    if input.is_empty() || input.parse::<Option<Token![,]>>().is_ok_and(|comma| comma.is_some()) {
        return true;
    }
    let help = "put `,` between two keys";
    diag.report(input.span(), &message::GRAMMAR, &["a `,` is missing before this", help]);
    input.peek(Ident::peek_any)
}

/// Reads the keys of tokens that stand alone, as those of a `#[helper(…)]`.
pub(crate) fn keys_of(tokens: TokenStream, diag: &mut Diagnostics) -> Vec<Key> {
    let parser = |input: ParseStream<'_>| Ok(parse_keys(input, diag).0);
    parser.parse2(tokens).unwrap_or_default()
}

/// Checks names against those an attribute has: unknown ones are reported with the nearest known name, a
/// repeated one on its second place, and only the first of each remains. A misspelt key counts as the one that
/// was meant, so that nobody is told that it is missing too.
pub(crate) fn known_once(keys: Vec<Key>, known: &[&str], diag: &mut Diagnostics) -> Vec<Key> {
    let mut kept: Vec<Key> = Vec::new();
    let is_known = |key: &Key| known.iter().any(|name| key.name.unraw() == name);
    let (keys, unknown): (Vec<_>, Vec<_>) = keys.into_iter().partition(is_known);
    for key in keys {
        let name = key.name.unraw().to_string();
        if kept.iter().any(|other| other.name == key.name) {
            diag.report(key.span(), &message::REPEATED_KEY, &[&name]);
        } else {
            kept.push(key);
        }
    }
    for mut key in unknown {
        let name = key.name.unraw().to_string();
        diag.report(key.span(), &message::UNKNOWN_KEY, &[&name, &nearest(&name, known)]);
        if let Some(meant) = meant(&name, known)
            && !kept.iter().any(|other| other.is(meant))
        {
            key.name = Ident::new(meant, key.span());
            kept.push(key);
        }
    }
    kept
}

/// Returns the help for an unknown name: the name that was probably meant, or all that are known.
pub(crate) fn nearest(name: &str, known: &[&str]) -> String {
    match meant(name, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            let all: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("there are {}", all.join(", "))
        }
    }
}

/// Returns the name that a token may be about: itself, or what stands in quotes.
fn name_in(token: proc_macro2::TokenTree) -> Option<Ident> {
    match token {
        proc_macro2::TokenTree::Ident(ident) => Some(ident),
        proc_macro2::TokenTree::Literal(literal) => {
            let span = literal.span();
            let syn::Lit::Str(text) = syn::Lit::new(literal) else { return None };
            let ident = syn::parse_str::<Ident>(&text.value()).ok()?;
            Some(Ident::new(&ident.to_string(), span))
        }
        _ => None,
    }
}

/// Returns the known name that was probably meant: the nearest by edit distance, or the only one with this prefix.
pub(crate) fn meant<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let mut begun = known.iter().filter(|candidate| name.len() > 1 && candidate.starts_with(name));
    if let (Some(candidate), None) = (begun.next(), begun.next()) {
        return Some(candidate);
    }
    let scored =
        known.iter().map(|candidate| (strsim::damerau_levenshtein(name, candidate), *candidate));
    let (distance, candidate) = scored.min()?;
    (distance <= 1 + name.len() / 4).then_some(candidate)
}

/// Returns the keys of all `#[helper(…)]` attributes of one name among `attributes`, known and each once.
pub(crate) fn helper_keys(
    attributes: &[syn::Attribute],
    helper: &str,
    known: &[&str],
    diag: &mut Diagnostics,
) -> Vec<Key> {
    let mut keys = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(helper)) {
        match &attribute.meta {
            syn::Meta::List(list) => keys.extend(keys_of(list.tokens.clone(), diag)),
            syn::Meta::Path(_) | syn::Meta::NameValue(_) => {
                let text = format!("`{helper}` takes its keys in parentheses");
                let help = format!("write `#[{helper}(…)]`");
                diag.report_on(&attribute.meta, &message::GRAMMAR, &[&text, &help]);
            }
        }
    }
    known_once(keys, known, diag)
}
