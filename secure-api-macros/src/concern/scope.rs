//! `scope = "orders:write"` and `scope = ["…", "…"]`: what a token has to be granted besides a role. `acr` and `amr` are written
//! in the same way: the authentication that it has to come from.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, ExprLit, Lit};

use crate::{
    diag::Diagnostics,
    key::Key,
    message::{self, Message},
    path,
};

/// Names that a token has: OAuth scopes, or those of an authentication.
pub(crate) struct Scopes(Vec<Expr>);

/// Reads OAuth scopes; a text that is none and one that comes twice are reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<Scopes> {
    named(
        key,
        ["name a scope, or leave the key out", "an empty list asks for no scope"],
        (&message::SCOPE, "orders:write", ":"),
        diag,
    )
}

/// Reads the classes or the methods of an authentication.
pub(crate) fn authentication(key: &Key, diag: &mut Diagnostics) -> Option<Scopes> {
    let empty = ["name one, or leave the key out", "an empty list asks for nothing"];
    named(key, empty, (&message::AUTHENTICATION, "otp", "-"), diag)
}

fn named(
    key: &Key,
    [help, empty]: [&str; 2],
    (wrong, example, joint): (&Message, &str, &str),
    diag: &mut Diagnostics,
) -> Option<Scopes> {
    let expr = key.expr(diag)?;
    let scopes = match expr {
        Expr::Array(array) => array.elems.iter().cloned().collect(),
        one => vec![one.clone()],
    };
    if scopes.is_empty() {
        diag.report_on(expr, &message::GRAMMAR, &[empty, help]);
        return None;
    }
    let mut seen: Vec<String> = Vec::new();
    for scope in &scopes {
        let Some(text) = literal(scope) else { continue };
        let parts: Vec<&str> =
            text.split([' ', ',', ';']).filter(|part| !part.is_empty()).collect();
        // Several in one text are a list, as OAuth writes it.
        let is_list = key.is("scope") && parts.len() > 1 && parts.iter().all(|part| is_scope(part));
        if !is_scope(&text) && is_list {
            let each: Vec<String> = parts.iter().map(|part| format!("\"{part}\"")).collect();
            let (each, name) = (each.join(", "), &key.name);
            let help = match expr {
                Expr::Array(_) => format!("write `{each}`, each in quotes of its own"),
                _ => format!("write `{name} = [{each}]`, each in quotes of its own"),
            };
            diag.report_with(scope, wrong, &[&text], &help);
        } else if !is_scope(&text) {
            let better = path::joined(&text, |letter| is_scope(&letter.to_string()), joint);
            let better = if better.is_empty() { example } else { &better };
            diag.report_on(scope, wrong, &[&text, better]);
        } else if seen.contains(&text) {
            diag.report_on(scope, &message::REPEATED_KEY, &[&text]);
        }
        seen.push(text);
    }
    Some(Scopes(scopes))
}

fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// Returns `true` for visible ASCII without quotes and backslashes (RFC 6749, section 3.3).
fn is_scope(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(&byte))
}

impl Scopes {
    /// Returns the scopes as a `&'static [&'static str]`.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self(scopes) = self;
        quote!(&[#(#scopes),*])
    }

    /// Returns the first that is a constant, whose text only the compiler knows.
    pub(crate) fn constant(&self) -> Option<&Expr> {
        let Self(scopes) = self;
        scopes.iter().find(|scope| literal(scope).is_none())
    }
}
