//! `scope = "orders:write"` and `scope = ["…", "…"]`: what a token has to be granted besides a role.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, ExprLit, Lit};

use crate::{diag::Diagnostics, key::Key, message, path};

/// OAuth scopes, all of which are asked for.
pub(crate) struct Scopes(Vec<Expr>);

/// Reads them; a text that is no scope and one that comes twice are reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<Scopes> {
    let expr = key.expr(diag)?;
    let scopes = match expr {
        Expr::Array(array) => array.elems.iter().cloned().collect(),
        one => vec![one.clone()],
    };
    if scopes.is_empty() {
        let help = "name a scope, or leave the key out";
        diag.report_on(expr, &message::GRAMMAR, &["an empty list asks for no scope", help]);
        return None;
    }
    let mut seen: Vec<String> = Vec::new();
    for scope in &scopes {
        let Some(text) = literal(scope) else { continue };
        if !is_scope(&text) {
            let better = path::joined(&text, |letter| is_scope(&letter.to_string()), ":");
            let better = if better.is_empty() { "orders:write" } else { &better };
            diag.report_on(scope, &message::SCOPE, &[&text, better]);
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
