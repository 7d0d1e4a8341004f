//! `by = Bearer`, `by = [Bearer, ApiKey]` and `by = all(Bearer, ApiKey)`: the credentials that callers prove themselves with.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, spanned::Spanned};

use crate::{diag::Diagnostics, key::Key, message};

/// Kinds of credentials: one of them is enough, or all are demanded together.
pub(crate) struct By {
    all: bool,
    kinds: Vec<Expr>,
}

/// Reads them; what names no type, and a kind that comes twice, are reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<By> {
    let expr = key.expr(diag)?;
    let (all, kinds): (bool, Vec<Expr>) = match expr {
        Expr::Array(array) => (false, array.elems.iter().cloned().collect()),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("all")) => {
            (true, call.args.iter().cloned().collect())
        }
        one => (false, vec![one.clone()]),
    };
    if kinds.is_empty() {
        let help = "name a kind, as `by = Bearer`, or leave the key out";
        diag.report_on(expr, &message::GRAMMAR, &["an empty list admits no credentials", help]);
        return None;
    }
    let mut seen: Vec<String> = Vec::new();
    let mut sound = true;
    for kind in &kinds {
        let text = kind.to_token_stream().to_string();
        if !matches!(kind, Expr::Path(_)) {
            let help = "name types, as `by = [Bearer, Badge]`";
            diag.report_on(kind, &message::GRAMMAR, &["a kind of credentials is a type", help]);
            sound = false;
        } else if seen.contains(&text) {
            diag.report_on(kind, &message::REPEATED_KEY, &[&text]);
            sound = false;
        }
        seen.push(text);
    }
    sound.then_some(By { all, kinds })
}

impl By {
    /// Returns the kinds as `By` of the runtime. `__p` is in scope.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self { all, kinds } = self;
        let kinds =
            kinds.iter().map(|kind| quote_spanned!(kind.span()=> <#kind as __p::Credential>::KIND));
        let kinds = quote!(&[#(#kinds),*]);
        if *all { quote!(__p::By::AllOf(#kinds)) } else { quote!(__p::By::AnyOf(#kinds)) }
    }
}
