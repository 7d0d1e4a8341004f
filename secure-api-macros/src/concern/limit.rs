//! `limit = …`: how often, as one constant expression or several in brackets.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;

use crate::{diag::Diagnostics, key::Key, message};

/// The limits that are stated.
pub(crate) struct Limits(Vec<Expr>);

/// Reads them; an empty list is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<Limits> {
    let expr = key.expr(diag)?;
    let Expr::Array(array) = expr else { return Some(Limits(vec![expr.clone()])) };
    if array.elems.is_empty() {
        let help = "name a limit, or leave the key out to take the API's";
        diag.report_on(array, &message::GRAMMAR, &["an empty list limits nothing", help]);
        return None;
    }
    Some(Limits(array.elems.iter().cloned().collect()))
}

impl Limits {
    /// The limits as a `&'static [Limit]`.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self(limits) = self;
        quote!(&[#(#limits),*])
    }
}
