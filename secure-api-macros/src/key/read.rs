//! The value of a key, read in the form that it has to have; another one is reported.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Expr, Token,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use super::{Key, KeyValue, amount};
use crate::{diag::Diagnostics, message, path::kebab_case};

impl Key {
    /// Returns the value of `name = value`; anything else is reported.
    pub(crate) fn expr(&self, diag: &mut Diagnostics) -> Option<&Expr> {
        match &self.value {
            KeyValue::Value(expr) => Some(expr),
            KeyValue::Flag | KeyValue::List(_) => {
                let text = format!("`{}` needs a value", self.name);
                let help = match &self.value {
                    KeyValue::List(tokens) if !tokens.is_empty() => {
                        let value = self.bounds(tokens).unwrap_or_else(|| as_typed(tokens));
                        format!("write `{} = {value}`", self.name)
                    }
                    _ => valued(&self.name.to_string()),
                };
                diag.report(self.span(), &message::GRAMMAR, &[&text, &help]);
                None
            }
        }
    }

    /// Returns the range that two bounds in parentheses are meant as, as `1..=60` of `range(1, 60)` and of `range(min = 1, max = 60)`.
    fn bounds(&self, tokens: &TokenStream) -> Option<String> {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let both = parser.parse2(tokens.clone()).ok().filter(|both| both.len() == 2)?;
        let bound = |expr: &Expr| match expr {
            Expr::Assign(assign) => as_typed(&assign.right.to_token_stream()),
            expr => as_typed(&expr.to_token_stream()),
        };
        let is_range = self.is("range") || self.is("items");
        is_range.then(|| format!("{}..={}", bound(&both[0]), bound(&both[1])))
    }

    /// Returns the value of a key that is a time or a size, whose type only the compiler knows; a literal that is none is
    /// reported.
    pub(crate) fn measure(&self, diag: &mut Diagnostics) -> Option<&Expr> {
        let expr = self.expr(diag)?;
        let Expr::Lit(syn::ExprLit { lit, .. }) = expr else { return Some(expr) };
        let is_count = self.is("open");
        let is_time = !is_count && !self.is("body_limit");
        let (text, value) = match lit {
            syn::Lit::Int(_) if is_count => return Some(expr),
            _ if is_count => ("a number of answers is expected", "2".to_owned()),
            syn::Lit::Int(number) if is_time => {
                ("a time has a unit", format!("Duration::from_secs({number})"))
            }
            syn::Lit::Int(_) => return Some(expr),
            syn::Lit::Str(text) if is_time => {
                let time = amount::time(&text.value());
                ("a time is no text", time.unwrap_or_else(|| "Duration::from_secs(30)".to_owned()))
            }
            syn::Lit::Str(text) => {
                let size = amount::size(&text.value());
                ("a size is a number of bytes", size.unwrap_or_else(|| "5 * MIB".to_owned()))
            }
            _ if is_time => ("a time is no text", "Duration::from_secs(30)".to_owned()),
            _ => ("a size is a number of bytes", "5 * MIB".to_owned()),
        };
        let help = format!("write `{} = {value}`", self.name);
        diag.report_on(expr, &message::GRAMMAR, &[text, &help]);
        None
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
                let values = match &self.value {
                    KeyValue::Value(Expr::Array(array)) => {
                        array.elems.to_token_stream().to_string()
                    }
                    KeyValue::Value(value) => value.to_token_stream().to_string(),
                    KeyValue::Flag | KeyValue::List(_) => "…".to_owned(),
                };
                let help = format!(
                    "write `{}({})`",
                    self.name,
                    values.replace(" :: ", "::").replace(" ,", ",")
                );
                diag.report(self.span(), &message::GRAMMAR, &[&text, &help]);
                None
            }
        }
    }

    /// Returns the names of `name(A, B)`; anything else is reported.
    pub(crate) fn names(&self, diag: &mut Diagnostics) -> Vec<Ident> {
        let tokens = match &self.value {
            KeyValue::List(tokens) => tokens.clone(),
            KeyValue::Flag => {
                self.list(diag);
                return Vec::new();
            }
            KeyValue::Value(value) => {
                // What it names is meant all the same, so that nothing else is told of it.
                let names = named_by(value);
                let written: Vec<String> = names.iter().map(Ident::to_string).collect();
                let written =
                    if written.is_empty() { "…".to_owned() } else { written.join(", ") };
                let text = format!("`{}` takes its values in parentheses", self.name);
                let help = format!("write `{}({written})`", self.name);
                diag.report(self.span(), &message::GRAMMAR, &[&text, &help]);
                return names;
            }
        };
        let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
        let Ok(paths) = parser.parse2(tokens.clone()) else {
            let names: Vec<Ident> = tokens.clone().into_iter().filter_map(name_in).collect();
            let written: Vec<String> = names.iter().map(Ident::to_string).collect();
            let written = if written.is_empty() { "A, B".to_owned() } else { written.join(", ") };
            let help = format!("write `{}({written})`", self.name);
            let parser = Punctuated::<Ident, Token![,]>::parse_terminated;
            diag.take(parser.parse2(tokens), &help);
            return names;
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

/// Returns what to write for a key without its value.
pub(super) fn valued(name: &str) -> String {
    let value = match name {
        "public" => "\"why anybody may\"",
        "role" => "Role::Admin",
        "version" => "Version::V1..",
        "if_match" => "get_order",
        "timeout" => "Duration::from_secs(60)",
        "max_age" => "Duration::from_secs(300)",
        "acr" => "\"urn:example:gold\"",
        "amr" => "\"otp\"",
        "body_limit" => "5 * MIB",
        "limit" => "Limit::per_principal(600).per_minute()",
        "scope" => "\"orders:write\"",
        "prefix" => "\"/orders\"",
        "max_len" => "80",
        "max_bytes" => "5 * MIB",
        "kinds" => "[FileKind::Png]",
        "range" => "0..=100",
        "items" => "1..=100",
        _ => "…",
    };
    format!("write `{name} = {value}`")
}

/// Reports a colon after a name: that of `role: Role::Admin`, and of a value that stands without its key, as `Role::Admin`.
pub(super) fn colon(name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
    if !input.peek(Token![:]) {
        return Ok(());
    }
    let (is_path, place) = (input.peek(Token![::]), input.span());
    if !is_path {
        input.parse::<Token![:]>()?;
    }
    let value = value(input)?;
    let (place, text, help) = if is_path {
        let value = as_typed(&quote!(#name #value));
        let text = format!("`{value}` stands without its key");
        let key = kebab_case(&name.to_string()).replace('-', "_");
        (name.span(), text, format!("{key} = {value}"))
    } else {
        let value = if value.is_empty() { "…".to_owned() } else { as_typed(&value) };
        let text = format!("`{name}` and its value are parted by `=`");
        (place, text, format!("{name} = {value}"))
    };
    let help = format!("write `{help}`");
    Err(syn::Error::new(place, message::GRAMMAR.render(&[&text, &help])))
}

/// Takes the tokens up to the next comma.
fn value(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend([input.parse::<proc_macro2::TokenTree>()?]);
    }
    Ok(tokens)
}

/// Reports a text that stands without quotes, as `scope = orders:write` and `prefix = /orders`.
pub(super) fn quoteless(name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
    let ahead = input.fork();
    let is_path = ahead.peek(Token![/]);
    let is_day = ["deprecated", "sunset", "since"].iter().any(|key| name == key)
        && ahead.peek(syn::LitInt)
        && ahead.peek2(Token![-]);
    let is_scope = ahead.parse::<Ident>().is_ok()
        && ahead.peek(Token![:])
        && !ahead.peek(Token![::])
        && ahead.parse::<Token![:]>().is_ok();
    if !is_path && !is_scope && !is_day {
        return Ok(());
    }
    let tokens = value(input)?;
    let text = format!("`{name}` takes a text in quotes");
    let help = format!("write `{name} = \"{}\"`", as_typed(&tokens).replace(' ', ""));
    Err(syn::Error::new_spanned(tokens, message::GRAMMAR.render(&[&text, &help])))
}

/// Returns tokens as a person would type them.
fn as_typed(tokens: &TokenStream) -> String {
    tokens.to_string().replace(" :: ", "::").replace(" ,", ",")
}

/// Returns the names that a value is about: those of a list, the last of a path, what stands in quotes.
fn named_by(value: &Expr) -> Vec<Ident> {
    match value {
        Expr::Array(array) => array.elems.iter().flat_map(named_by).collect(),
        Expr::Tuple(tuple) => tuple.elems.iter().flat_map(named_by).collect(),
        Expr::Binary(both) => [named_by(&both.left), named_by(&both.right)].concat(),
        Expr::Path(path) => {
            path.path.segments.last().map(|last| last.ident.clone()).into_iter().collect()
        }
        other => other.to_token_stream().into_iter().filter_map(name_in).collect(),
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
