//! Rules of the app's own: functions that answer why not.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::{Expr, spanned::Spanned};

use crate::{diag::Diagnostics, key, message, path, source::inputs};

/// Reads the paths of `check = path`, or of `check = [path, path]`.
pub(super) fn rules_of_app(key: &key::Key, diag: &mut Diagnostics) -> Vec<Expr> {
    let checks = match key.expr(diag) {
        Some(Expr::Array(array)) => array.elems.iter().cloned().collect(),
        Some(path) => vec![path.clone()],
        None => Vec::new(),
    };
    checks.into_iter().filter(|check| gives_a_reason(check, diag)).collect()
}

/// Returns `false` for a rule that does not answer with the reason why not, and reports it.
fn gives_a_reason(check: &Expr, diag: &mut Diagnostics) -> bool {
    let Some((name, answer)) = inputs::answers(check) else { return true };
    let text = format!("`{name}` says no reason why an input is refused");
    let help = match answer.is_empty() {
        true => format!("write `-> Result<(), InvalidValue>` behind `fn {name}(…)`"),
        false => format!(
            "write `-> Result<(), InvalidValue>` in place of `-> {answer}`, and answer with `Ok(())`, or \
             `Err(InvalidValue::new(\"code\", \"what is asked of it\"))`"
        ),
    };
    diag.report_on(check, &message::GRAMMAR, &[&text, &help]);
    false
}

/// Expands a rule, said to be a function on the type: the compiler's own error on the path where it is another.
pub(super) fn rule_of_app(check: &Expr, ty: &impl ToTokens) -> TokenStream {
    let private = path::private();
    quote_spanned!(check.span()=> {
        let rule: fn(&#ty) -> ::core::result::Result<(), #private::InvalidValue> = #check;
        rule
    })
}
