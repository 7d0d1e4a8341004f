//! `limit = …` and `limit(Role::X => A, _ => B)`: how often, as constant expressions, for all or by role.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprLit, ExprMethodCall, spanned::Spanned};

use crate::{
    concern::arm,
    diag::Diagnostics,
    key::{Key, KeyValue, amount},
    message::{self, Message},
    source,
    typed::typed,
};

/// The limits that are stated: one, or several in brackets.
pub(crate) struct Limits(Vec<Expr>);

/// The limits of one arm.
pub(crate) struct LimitArm {
    /// The arm as written.
    written: arm::Arm<Expr>,
    limits: Limits,
}

/// Reads limits that are for everybody; an empty list is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<Limits> {
    several(key.expr(diag)?, diag)
}

fn several(expr: &Expr, diag: &mut Diagnostics) -> Option<Limits> {
    let Expr::Array(array) = expr else {
        return is_limit(expr, diag).then(|| Limits(vec![expr.clone()]));
    };
    if !array.elems.iter().all(|limit| is_limit(limit, diag)) {
        return None;
    }
    if array.elems.is_empty() {
        let help = "name a limit, or leave the key out to take the API's";
        diag.report_on(array, &message::GRAMMAR, &["an empty list limits nothing", help]);
        return None;
    }
    let mut seen: Vec<String> = Vec::new();
    for limit in &array.elems {
        let text = typed(&limit.to_token_stream());
        if seen.contains(&text) {
            diag.report_on(limit, &message::REPEATED_KEY, &[&text]);
            return None;
        }
        seen.push(text);
    }
    Some(Limits(array.elems.iter().cloned().collect()))
}

/// Returns `false` for a number, and for a count without its time, which are reported. Anything else is left to the
/// compiler.
fn is_limit(expr: &Expr, diag: &mut Diagnostics) -> bool {
    let (text, help) = match expr {
        Expr::Lit(literal) => {
            let count = match &literal.lit {
                syn::Lit::Int(count) => count.to_string(),
                _ => "600".to_owned(),
            };
            (
                "a limit says what is counted, and how often",
                format!("Limit::per_principal({count}).per_minute()"),
            )
        }
        Expr::Call(call) => {
            if let Expr::Path(path) = &*call.func
                && let Some(name) = path.path.get_ident()
                && source::is_computed(name)
            {
                let text =
                    format!("a limit is a constant, and `{name}` is called while the app runs");
                let help = format!("write `const fn {name}` in place of `fn {name}`");
                diag.report_on(call, &message::GRAMMAR, &[&text, &help]);
                return false;
            }
            let name = call.func.to_token_stream().to_string().replace(' ', "");
            if name.ends_with("::unlimited") && call.args.is_empty() {
                diag.report_on(call, &message::LIMIT_REASON, &[]);
                return false;
            }
            if !name.ends_with("::per_principal") && !name.ends_with("::per_address") {
                return true;
            }
            (
                "a limit says per which time",
                format!("{name}({}).per_minute()", call.args.to_token_stream()),
            )
        }
        Expr::MethodCall(call) => {
            if let Some((place, message, help)) = misordered(call) {
                diag.report_with(place, &message, &[], &format!("write `{help}`"));
                return false;
            }
            return is_limit_from(&call.receiver, diag)
                && call.args.iter().all(|count| is_count(count, diag));
        }
        _ => return true,
    };
    diag.report_on(expr, &message::GRAMMAR, &[text, &format!("write `{help}`")]);
    false
}

/// Returns what is wrong with the order of a limit's parts, or with its window, and how it is written.
fn misordered(call: &ExprMethodCall) -> Option<(TokenStream, Message, String)> {
    const WINDOWS: &[&str] = &["per_second", "per_minute", "per_hour", "per_day", "per"];
    let mut parts = vec![call];
    let mut begun = &*call.receiver;
    while let Expr::MethodCall(before) = begun {
        parts.insert(0, before);
        begun = &before.receiver;
    }
    let Expr::Call(_) = begun else { return None };
    let is_window = |call: &&&ExprMethodCall| WINDOWS.iter().any(|name| call.method == name);
    let shown = |part: &ExprMethodCall| {
        format!(".{}({})", part.method, typed(&part.args.to_token_stream()))
    };
    let begun = typed(&begun.to_token_stream());
    let window = parts.iter().find(is_window);
    if let Some(window) = window
        && window.method == "per"
        && let Some(Expr::Lit(ExprLit { lit, .. })) = window.args.first()
    {
        let time = match lit {
            syn::Lit::Int(seconds) => Some(format!("Duration::from_secs({seconds})")),
            syn::Lit::Str(text) => amount::time(&text.value()),
            _ => None,
        };
        let time = time.unwrap_or_else(|| "Duration::from_secs(60)".to_owned());
        let message = Message { text: "a time has a unit", ..message::GRAMMAR };
        return Some((window.args.to_token_stream(), message, time));
    }
    let burst = parts.first().filter(|first| first.method == "burst")?;
    let window = window.map_or_else(|| ".per_minute()".to_owned(), |window| shown(window));
    let rest = parts.iter().filter(|part| part.method != "burst" && !is_window(part));
    let rest: String = rest.map(|part| shown(part)).collect();
    let help = format!("{begun}{window}{}{rest}", shown(burst));
    Some((call.to_token_stream(), message::LIMIT_BURST_FIRST, help))
}

/// Returns `false` for a beginning that counts what is no whole number, which is reported.
fn is_limit_from(expr: &Expr, diag: &mut Diagnostics) -> bool {
    match expr {
        Expr::Call(call) => call.args.iter().all(|count| is_count(count, diag)),
        Expr::MethodCall(call) => is_limit_from(&call.receiver, diag),
        _ => true,
    }
}

/// Returns `false` for a literal below 0 or with a point, and reports it: of those the compiler proposes the largest number
/// there is. Anything else is left to it.
fn is_count(expr: &Expr, diag: &mut Diagnostics) -> bool {
    let help = match expr {
        Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. })
            if matches!(**expr, Expr::Lit(_)) =>
        {
            expr.to_token_stream().to_string()
        }
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Float(count), .. }) => {
            count.base10_digits().split('.').next().unwrap_or("1").to_owned()
        }
        _ => return true,
    };
    let text = "a limit counts in whole numbers above 0";
    diag.report_on(expr, &message::GRAMMAR, &[text, &format!("write `{help}`")]);
    false
}

/// Reads limits by role; what cannot be read, or can never be reached, is reported.
pub(crate) fn parse_arms(key: &Key, diag: &mut Diagnostics) -> Vec<LimitArm> {
    let arms = match &key.value {
        KeyValue::Value(expr) => vec![arm::Arm::of_all(expr.clone())],
        KeyValue::List(list) => {
            arm::parse(key, list, [&message::LIMIT_NO_REST, &message::LIMIT_AFTER_REST], diag)
        }
        KeyValue::Flag => {
            arm::report_missing(key, "limit", diag);
            Vec::new()
        }
    };
    let limits = |written: arm::Arm<Expr>| {
        Some(LimitArm { limits: several(&written.value, diag)?, written })
    };
    arms.into_iter().filter_map(limits).collect()
}

impl Limits {
    /// Returns the limits as a `&'static [Limit]`.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self(limits) = self;
        quote!(&[#(#limits),*])
    }
}

impl LimitArm {
    pub(crate) fn span(&self) -> Span {
        self.written.value.span()
    }

    /// Returns `true` if some of the limits may count by the input or by keys: those that say so, and whatever does not begin as a
    /// limit does, as constants and what is made of them, of which only the compiler knows.
    pub(crate) fn may_count_further(&self) -> bool {
        self.limits.0.iter().any(|limit| {
            let text = limit.to_token_stream().to_string();
            !text.starts_with("Limit ::")
                || text.contains("per_field")
                || text.contains("weight_of")
                || text.contains("per_api_key")
        })
    }

    /// Returns `LimitUse` of the runtime. `__p` is in scope.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self { written, limits } = self;
        let limits = limits.expand();
        match written.holders() {
            Some(holders) => quote!(__p::LimitUse::of(#holders, #limits)),
            None => quote!(__p::LimitUse::rest(#limits)),
        }
    }
}
