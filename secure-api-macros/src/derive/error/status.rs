//! The status of a problem: an error's, with the field that goes with it.

use syn::{Expr, ExprLit, Lit, LitInt};

use crate::{diag::Diagnostics, key::Key, message};

pub(super) fn status(key: &Key, diag: &mut Diagnostics) -> Option<u16> {
    let expr = key.expr(diag)?;
    if let Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) = expr
        && let Some(status) = error_status(number)
    {
        return Some(status);
    }
    let meant = match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => text.value().parse::<u16>().ok(),
        _ => None,
    };
    let meant = meant.filter(|status| (400..=599).contains(status)).unwrap_or(409);
    diag.report_on(expr, &message::ERROR_STATUS, &[&meant.to_string()]);
    None
}

/// Statuses whose answers carry a field that only the framework or a proxy knows (RFC 9110), each with a status that says
/// it of the request.
const FIELDS: &[(u16, &str, u16)] = &[
    (405, "Allow", 409),
    (407, "Proxy-Authenticate", 403),
    (408, "Connection", 504),
    (415, "Accept", 422),
    (416, "Content-Range", 422),
    (426, "Upgrade", 400),
];

/// Reports a status whose answer would lack a field that the standard asks for. That of 401 is the framework's challenge.
pub(super) fn has_its_fields(
    status: u16,
    status_key: Option<&Key>,
    retry_after: Option<&Key>,
    diag: &mut Diagnostics,
) -> bool {
    let Some(at) = status_key.and_then(|key| key.expr(diag)) else { return false };
    if let Some((_, field, instead)) = FIELDS.iter().find(|(known, ..)| *known == status) {
        let (status, instead) = (status.to_string(), instead.to_string());
        diag.report_on(at, &message::ERROR_STATUS_FIELD, &[&status, field, &instead]);
        return false;
    }
    match retry_after {
        None if matches!(status, 429 | 503) => {
            diag.report_on(at, &message::ERROR_RETRY, &[&status.to_string()]);
            false
        }
        Some(key) if !matches!(status, 413 | 429 | 503) => {
            diag.report(key.span(), &message::ERROR_RETRY_ALONE, &[]);
            false
        }
        _ => true,
    }
}

/// Reads the seconds to wait: a number from 1 to those of a day.
pub(super) fn seconds(key: &Key, diag: &mut Diagnostics) -> Option<u32> {
    let expr = key.expr(diag)?;
    if let Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) = expr
        && let Some(seconds) =
            number.base10_parse().ok().filter(|seconds| (1..=86_400).contains(seconds))
    {
        return Some(seconds);
    }
    let text = "`retry_after` is a number of seconds, from 1 to 86400";
    diag.report_on(expr, &message::GRAMMAR, &[text, "write `retry_after = 5`"]);
    None
}

fn error_status(number: &LitInt) -> Option<u16> {
    number.base10_parse().ok().filter(|status| (400..=599).contains(status))
}
