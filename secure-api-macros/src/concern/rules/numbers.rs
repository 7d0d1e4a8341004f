//! Numbers of rules that the macro can read: what it sees to be right needs no constant of its own.

use syn::{Expr, ExprLit, ExprUnary, Lit, LitBool, UnOp};

use super::bare;

/// Returns what a list has that is of `true` or `false` alone.
pub(super) fn only(list: &Expr) -> Option<LitBool> {
    let Expr::Array(list) = bare(list) else { return None };
    match list.elems.first().map(bare) {
        Some(Expr::Lit(ExprLit { lit: Lit::Bool(truth), .. })) if list.elems.len() == 1 => {
            Some(truth.clone())
        }
        _ => None,
    }
}

/// Reads a whole literal, with or without a sign.
fn whole(expr: &Expr) -> Option<i128> {
    match bare(expr) {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
            number.base10_parse().ok()
        }
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => whole(expr)?.checked_neg(),
        _ => None,
    }
}

/// Reads a literal with a point, with or without a sign.
fn float(expr: &Expr) -> Option<f64> {
    match bare(expr) {
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) if number.suffix().is_empty() => {
            number.base10_parse().ok().filter(|number: &f64| number.is_finite())
        }
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => float(expr).map(|number| -number),
        _ => None,
    }
}

/// Returns `true` if these are lengths of a text, the smaller first.
pub(super) fn in_order(fewest: Option<&Expr>, most: &Expr) -> bool {
    let fewest = fewest.map_or(Some(0), whole);
    matches!((fewest, whole(most)), (Some(fewest), Some(most)) if 0 <= fewest && fewest <= most && most > 0)
}

/// Returns `true` if these are the two ends of a range of numbers that a type of this name holds.
pub(super) fn fit(ty: &str, low: &Expr, high: &Expr, closed: bool) -> bool {
    if let "f32" | "f64" = ty {
        return matches!((float(low), float(high)), (Some(low), Some(high)) if low < high);
    }
    let (lowest, highest) = match ty {
        "i8" => (i128::from(i8::MIN), i128::from(i8::MAX)),
        "i16" => (i128::from(i16::MIN), i128::from(i16::MAX)),
        "i32" => (i128::from(i32::MIN), i128::from(i32::MAX)),
        "i64" => (i128::from(i64::MIN), i128::from(i64::MAX)),
        "u8" => (0, i128::from(u8::MAX)),
        "u16" => (0, i128::from(u16::MAX)),
        "u32" => (0, i128::from(u32::MAX)),
        "u64" => (0, i128::from(u64::MAX)),
        _ => return false,
    };
    let (Some(low), Some(high)) = (whole(low), whole(high)) else { return false };
    let high = if closed { high } else { high.saturating_sub(1) };
    lowest <= low && low <= high && high <= highest
}
