//! The checks of a request's form, before its route is looked up.

use http::{HeaderMap, Method, Uri, Version, header, request::Parts};
use percent_encoding::percent_decode_str;

use super::Settings;
use crate::{
    error::{Problem, problem},
    serve::Connection,
};

/// The longest path and query together. Browsers and proxies agree on no more than this.
const LONGEST_TARGET: usize = 8 * 1024;

/// Refuses methods that no API has, hosts that are not ours, and paths that are meant to be read twice.
pub(super) fn check(
    parts: &Parts,
    connection: Option<Connection>,
    settings: &Settings,
) -> Result<(), Problem> {
    match parts.method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS
        | Method::TRACE
        | Method::CONNECT => {}
        _ => return Err(Problem::new(&problem::NOT_IMPLEMENTED).because("the method is unknown")),
    }
    one_host(parts, connection)?;
    host(&parts.uri, &parts.headers, &settings.hosts)?;
    let target = parts.uri.path_and_query().map_or("", |target| target.as_str());
    if target.len() > LONGEST_TARGET {
        return Err(Problem::new(&problem::MALFORMED).because("the request target is too long"));
    }
    path(parts.uri.path())
}

/// Refuses an HTTP/1.1 request that has not exactly one `Host` (RFC 9112, section 3.2). Without a socket of ours there
/// may be none.
fn one_host(parts: &Parts, connection: Option<Connection>) -> Result<(), Problem> {
    let wanted = parts.version == Version::HTTP_11 && connection.is_some();
    let hosts = parts.headers.get_all(header::HOST).iter().count();
    if hosts > 1 || (wanted && hosts == 0) {
        return Err(Problem::new(&problem::MALFORMED).because("there is not one Host"));
    }
    Ok(())
}

fn host(uri: &Uri, headers: &HeaderMap, ours: &[String]) -> Result<(), Problem> {
    if ours.is_empty() {
        return Ok(());
    }
    let from_header = || headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = uri.authority().map(|authority| authority.as_str()).or_else(from_header);
    let known = host.is_some_and(|host| ours.iter().any(|ours| ours.eq_ignore_ascii_case(host)));
    if known {
        Ok(())
    } else {
        Err(Problem::new(&problem::MISDIRECTED).because("the host is not ours"))
    }
}

/// Refuses a path that decodes to a control character, a separator or another escape: a path is decoded once, and such
/// a one was made for somebody who decodes again (ASVS 1.1.1).
fn path(path: &str) -> Result<(), Problem> {
    if !path.contains('%') {
        return Ok(());
    }
    let refuse = |why: &'static str| Err(Problem::new(&problem::MALFORMED).because(why));
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else {
        return refuse("the path is not UTF-8");
    };
    let separators = |text: &str| text.matches(['/', '\\']).count();
    if decoded.chars().any(char::is_control) || separators(&decoded) != separators(path) {
        return refuse("the path hides a control character or a separator");
    }
    let bytes = decoded.as_bytes();
    let escape = |window: &[u8]| {
        window[0] == b'%' && window[1].is_ascii_hexdigit() && window[2].is_ascii_hexdigit()
    };
    if bytes.windows(3).any(escape) {
        return refuse("the path is encoded twice");
    }
    Ok(())
}

/// Refuses a request whose `Accept` excludes JSON (RFC 9110, section 12.5.1).
pub(super) fn accepts_json(headers: &HeaderMap) -> Result<(), Problem> {
    let mut stated = false;
    for value in headers.get_all(header::ACCEPT) {
        stated = true;
        // As most callers say it.
        if value == "application/json" {
            return Ok(());
        }
        let Ok(text) = value.to_str() else { continue };
        if text.split(',').any(admits_json) {
            return Ok(());
        }
    }
    if stated { Err(Problem::new(&problem::NOT_ACCEPTABLE)) } else { Ok(()) }
}

fn admits_json(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default();
    let fits = ["*/*", "application/*", "application/json"]
        .iter()
        .any(|json| media.eq_ignore_ascii_case(json));
    let refused = parts.any(|parameter| {
        let weight = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="));
        weight.is_some_and(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0))
    });
    fits && !refused
}
