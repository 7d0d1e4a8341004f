//! `limit = …` and `limit(Role::X => A, _ => B)`: how often, as constant expressions, for all or by role.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    Expr, Token,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
};

use crate::{
    diag::Diagnostics,
    key::{Key, KeyValue},
    message,
};

/// The limits that are stated: one, or several in brackets.
pub(crate) struct Limits(Vec<Expr>);

/// Some limits and whose they are.
pub(crate) struct Arm {
    /// `None` is all the rest.
    role: Option<Expr>,
    /// As written.
    value: Expr,
    limits: Limits,
}

/// An arm as written.
struct ArmLine {
    role: Option<Expr>,
    value: Expr,
}

impl Parse for ArmLine {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let role = if input.peek(Token![_]) {
            input.parse::<Token![_]>()?;
            None
        } else {
            // The path only: an expression would take the `=>` of the next arm for its own.
            Some(Expr::Path(input.parse()?))
        };
        input.parse::<Token![=>]>()?;
        Ok(Self { role, value: input.parse()? })
    }
}

/// Reads limits that are for everybody; an empty list is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<Limits> {
    several(key.expr(diag)?, diag)
}

fn several(expr: &Expr, diag: &mut Diagnostics) -> Option<Limits> {
    let Expr::Array(array) = expr else { return Some(Limits(vec![expr.clone()])) };
    if array.elems.is_empty() {
        let help = "name a limit, or leave the key out to take the API's";
        diag.report_on(array, &message::GRAMMAR, &["an empty list limits nothing", help]);
        return None;
    }
    Some(Limits(array.elems.iter().cloned().collect()))
}

/// Reads limits by role; what cannot be read, or can never be reached, is reported.
pub(crate) fn parse_arms(key: &Key, diag: &mut Diagnostics) -> Vec<Arm> {
    let lines = match &key.value {
        KeyValue::Value(expr) => vec![ArmLine { role: None, value: expr.clone() }],
        KeyValue::List(list) => {
            let lines = Punctuated::<ArmLine, Token![,]>::parse_terminated.parse2(list.clone());
            let help = "write `limit(Role::… => …, _ => …)`";
            let Some(lines) = diag.take(lines, help) else { return Vec::new() };
            let lines: Vec<_> = lines.into_iter().collect();
            match lines.iter().position(|line| line.role.is_none()) {
                None => diag.report(key.span(), &message::LIMIT_NO_REST, &[]),
                Some(rest) if rest + 1 < lines.len() => {
                    diag.report_on(&lines[rest + 1].value, &message::LIMIT_AFTER_REST, &[]);
                }
                Some(_) => {}
            }
            lines
        }
        KeyValue::Flag => {
            let help = "write `limit = …`, or `limit(Role::… => …, _ => …)`";
            diag.report(key.span(), &message::GRAMMAR, &["`limit` needs a limit", help]);
            Vec::new()
        }
    };
    let arm = |line: ArmLine| {
        let ArmLine { role, value } = line;
        Some(Arm { role, limits: several(&value, diag)?, value })
    };
    lines.into_iter().filter_map(arm).collect()
}

impl Limits {
    /// The limits as a `&'static [Limit]`.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self(limits) = self;
        quote!(&[#(#limits),*])
    }
}

impl Arm {
    pub(crate) fn span(&self) -> Span {
        self.value.span()
    }

    /// `LimitUse` of the runtime. `__p` is in scope.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self { role, value: _, limits } = self;
        let limits = limits.expand();
        match role {
            Some(role) => {
                let holders = quote_spanned!(role.span()=> (#role).holders());
                quote!(__p::LimitUse::of(#holders, #limits))
            }
            None => quote!(__p::LimitUse::rest(#limits)),
        }
    }
}
