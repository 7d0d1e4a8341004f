//! `outage = closed` and `outage = local(4)`: what limits do while the ledger that machines share does not answer.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprLit, Lit, spanned::Spanned};

use crate::{diag::Diagnostics, key::Key, message};

/// The decision for an outage, as it was written.
pub(crate) struct Outage {
    span: Span,
    /// The machines that share each count; `None` where requests are refused.
    machines: Option<u32>,
}

/// Reads it; anything else is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<Outage> {
    let expr = key.expr(diag)?;
    let span = expr.span();
    let machines = match expr {
        Expr::Path(path) if path.path.is_ident("closed") => {
            return Some(Outage { span, machines: None });
        }
        Expr::Call(call) if call.func.to_token_stream().to_string() == "local" => {
            match call.args.first() {
                Some(Expr::Lit(ExprLit { lit: Lit::Int(machines), .. }))
                    if call.args.len() == 1 =>
                {
                    machines.base10_parse::<u32>().ok()
                }
                _ => None,
            }
        }
        _ => {
            let text = "an outage closes the route, or leaves each machine a part of its limits";
            let help = "write `outage = closed`, or `outage = local(4)` for a fourth of each count on each machine";
            diag.report_on(expr, &message::GRAMMAR, &[text, help]);
            return None;
        }
    };
    match machines.filter(|machines| *machines > 0) {
        Some(machines) => Some(Outage { span, machines: Some(machines) }),
        None => {
            let text = "`local` takes the number of machines that share each count";
            let help = "write `local(4)`: each machine admits a fourth";
            diag.report_on(expr, &message::GRAMMAR, &[text, help]);
            None
        }
    }
}

impl Outage {
    /// Reports it where a route takes credentials and it falls open.
    pub(crate) fn check_credential(&self, diag: &mut Diagnostics) {
        if let Some(machines) = self.machines {
            let written = format!("local({machines})");
            diag.report(self.span, &message::CREDENTIAL_OPEN, &[&written]);
        }
    }

    /// Returns `Outage` of the runtime, which is found in `private`.
    pub(crate) fn expand(&self, private: &TokenStream) -> TokenStream {
        match self.machines {
            Some(machines) => quote!(#private::Outage::Local(#machines)),
            None => quote!(#private::Outage::Closed),
        }
    }
}

/// Returns the same as an `Option`.
pub(crate) fn option(outage: Option<&Outage>, private: &TokenStream) -> TokenStream {
    match outage.map(|outage| outage.expand(private)) {
        Some(outage) => quote!(::core::option::Option::Some(#outage)),
        None => quote!(::core::option::Option::None),
    }
}
