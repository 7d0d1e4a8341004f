//! The status of a problem: an error's, with the field that goes with it.

use quote::ToTokens;
use syn::{Expr, ExprLit, Lit, LitInt};

use crate::{
    diag::Diagnostics,
    key::{Key, amount},
    message,
};

pub(super) fn status(key: &Key, diag: &mut Diagnostics) -> Option<u16> {
    let expr = key.expr(diag)?;
    if let Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) = expr
        && let Some(status) = error_status(number)
    {
        return Some(status);
    }
    let meant = match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            let text = text.value();
            text.parse::<u16>().ok().or_else(|| named(&text))
        }
        other => named_in(other),
    };
    let meant = meant.filter(|status| (400..=599).contains(status)).unwrap_or(409);
    diag.report_on(expr, &message::ERROR_STATUS, &[&meant.to_string()]);
    None
}

/// Returns the number of a status that is written by its name, as `StatusCode::NOT_FOUND` and `NotFound`.
fn named_in(expr: &Expr) -> Option<u16> {
    match expr {
        Expr::Path(path) => named(&path.path.segments.last()?.ident.to_string()),
        Expr::MethodCall(call) => named_in(&call.receiver),
        Expr::Cast(cast) => named_in(&cast.expr),
        _ => None,
    }
}

fn named(name: &str) -> Option<u16> {
    /// Names of errors (RFC 9110, section 15), in lower case without what parts their words.
    const NAMES: &[(&str, u16)] = &[
        ("badrequest", 400),
        ("unauthorized", 401),
        ("paymentrequired", 402),
        ("forbidden", 403),
        ("notfound", 404),
        ("methodnotallowed", 405),
        ("notacceptable", 406),
        ("requesttimeout", 408),
        ("conflict", 409),
        ("gone", 410),
        ("lengthrequired", 411),
        ("preconditionfailed", 412),
        ("payloadtoolarge", 413),
        ("contenttoolarge", 413),
        ("uritoolong", 414),
        ("unsupportedmediatype", 415),
        ("imateapot", 418),
        ("unprocessableentity", 422),
        ("unprocessablecontent", 422),
        ("locked", 423),
        ("preconditionrequired", 428),
        ("toomanyrequests", 429),
        ("internalservererror", 500),
        ("notimplemented", 501),
        ("badgateway", 502),
        ("serviceunavailable", 503),
        ("gatewaytimeout", 504),
    ];
    let letters = name.chars().filter(char::is_ascii_alphabetic);
    let name: String = letters.collect::<String>().to_ascii_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, status)| *status)
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
    let help = format!("write `retry_after = {}`", meant_seconds(expr).unwrap_or(5));
    diag.report_on(expr, &message::GRAMMAR, &[text, &help]);
    None
}

/// Returns the seconds that are meant by a time, a text of one, or by milliseconds.
fn meant_seconds(expr: &Expr) -> Option<u64> {
    let seconds = match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => {
            let number = number.base10_parse::<u64>().ok()?;
            if number % 1000 == 0 { number / 1000 } else { number.min(86_400) }
        }
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            let time = amount::time(&text.value())?;
            time.strip_prefix("Duration::from_secs(")?.strip_suffix(')')?.parse().ok()?
        }
        Expr::Call(call) => {
            let name = call.func.to_token_stream().to_string();
            let Some(Expr::Lit(ExprLit { lit: Lit::Int(number), .. })) = call.args.first() else {
                return None;
            };
            let number = number.base10_parse::<u64>().ok()?;
            match name.rsplit_once("from_")?.1 {
                "secs" => number,
                "millis" => number / 1000,
                "mins" => number.checked_mul(60)?,
                "hours" => number.checked_mul(3600)?,
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(seconds).filter(|seconds| (1..=86_400).contains(seconds))
}

fn error_status(number: &LitInt) -> Option<u16> {
    number.base10_parse().ok().filter(|status| (400..=599).contains(status))
}
