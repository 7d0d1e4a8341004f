//! The keys of an attribute: `name`, `name = value` or `name(…)`, separated by commas, each at most once.

pub(crate) mod amount;
mod comma;
mod nearest;
mod read;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{
    Expr, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
};

pub(crate) use self::{
    comma::between,
    nearest::{meant, nearest},
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
}

impl Parse for Key {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        read::colon(&name, input)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            if input.is_empty() || input.peek(Token![,]) {
                let text = format!("`{name}` needs a value");
                let help = read::valued(&name.to_string());
                return Err(syn::Error::new(name.span(), message::GRAMMAR.render(&[&text, &help])));
            }
            read::quoteless(&name, input)?;
            comma::in_value(input)?;
            KeyValue::Value(ungrouped(input.parse()?))
        } else if input.peek(syn::token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            KeyValue::List(content.parse()?)
        } else if input.peek(syn::Lit) {
            let (span, value) = (input.span(), input.parse::<syn::Lit>()?);
            let text = "a `=` is missing before this".to_owned();
            let help = format!("write `{name} = {}`", value.to_token_stream());
            return Err(syn::Error::new(span, message::GRAMMAR.render(&[&text, &help])));
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
    let next = input.cursor().token_tree().map(|(next, _)| next.to_string());
    let help = match next {
        Some(next) if next != "=" => {
            format!("write `,` before `{next}`: it stands between two keys")
        }
        _ => "write `,` between two keys".to_owned(),
    };
    diag.report(input.span(), &message::GRAMMAR, &["a `,` is missing before this", &help]);
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
        // The form of its value may be another mistake; what is in one of these is needed by others.
        let is_needed = |meant: &str| {
            matches!(
                meant,
                "routes" | "fields" | "variants" | "includes" | "extends" | "each" | "keys"
            )
        };
        if let Some(meant) = meant(&name, known)
            && !kept.iter().any(|other| other.is(meant))
            && (is_needed(meant) || !matches!(key.value, KeyValue::List(_)))
        {
            key.name = Ident::new(meant, key.span());
            kept.push(key);
        }
    }
    kept
}

/// Returns the keys of all `#[helper(…)]` attributes of one name among `attributes`, known and each once.
pub(crate) fn helper_keys(
    attributes: &[syn::Attribute],
    helper: &str,
    known: &[&str],
    diag: &mut Diagnostics,
) -> Vec<Key> {
    let keys = written_keys(attributes, helper, diag);
    known_once(keys, known, diag)
}

/// Returns the same as they are written, known or not.
pub(crate) fn written_keys(
    attributes: &[syn::Attribute],
    helper: &str,
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
    keys
}
