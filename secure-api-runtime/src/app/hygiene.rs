//! The checks of a request's form, before its route is looked up.

use http::{HeaderMap, HeaderValue, header, request::Parts};
use percent_encoding::percent_decode_str;

use super::{Settings, client::Client, host};
use crate::{
    client_certificate::is_forwarded,
    error::{Problem, problem},
    identity::InQuery,
    serve::Connection,
};

/// The longest path and query together. Browsers and proxies agree on no more than this.
const LONGEST_TARGET: usize = 8 * 1024;

/// The most header fields. Over HTTP/1.1 hyper has the same bound.
const MOST_FIELDS: usize = 100;

/// Refuses what cannot be framed, hosts that are not ours, and paths that are meant to be read twice.
pub(super) fn check(
    parts: &Parts,
    is_empty: bool,
    (connection, client): (Option<Connection>, Client),
    settings: &Settings,
) -> Result<(), Problem> {
    if parts.headers.len() > MOST_FIELDS && fields(&parts.headers) > MOST_FIELDS {
        return Err(Problem::new(&problem::TOO_MANY_FIELDS).saying("more than 100 header fields"));
    }
    if !is_empty {
        framing(&parts.headers)?;
        // A part would be taken for the whole (RFC 9110, section 14.5).
        if parts.headers.contains_key(header::CONTENT_RANGE) {
            let refused = Problem::new(&problem::MALFORMED);
            return Err(refused.saying("the content is a part of something"));
        }
    }
    // Whoever is no proxy of ours could forward the certificate of anybody.
    if is_forwarded(&parts.headers) && !client.proxied {
        let refused = Problem::new(&problem::MALFORMED);
        return Err(refused.saying("a client certificate in a header, of no trusted proxy"));
    }
    if let Some(fault) = client.fault {
        return Err(Problem::new(&problem::MALFORMED).because(fault));
    }
    host::check(parts, connection, &settings.hosts)?;
    let target = parts.uri.path_and_query().map_or("", |target| target.as_str());
    if target.len() + InQuery::length(parts) > LONGEST_TARGET {
        return Err(Problem::new(&problem::TARGET_TOO_LONG).saying("more than 8 KiB"));
    }
    path(parts.uri.path())
}

/// Returns the number of fields. A `Cookie` that HTTP/2 parted is one, as it is over HTTP/1.1 (RFC 9113, section 8.2.3).
fn fields(headers: &HeaderMap) -> usize {
    let crumbs = headers.get_all(header::COOKIE).iter().count();
    headers.len() - crumbs.saturating_sub(1)
}

/// Refuses content that is coded otherwise than in chunks: whoever read it before may have seen another end of it (RFC
/// 9112, section 6.1). The connection ends, since nobody knows where the next request begins.
fn framing(headers: &HeaderMap) -> Result<(), Problem> {
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    match (codings.next(), codings.next()) {
        (None, _) => Ok(()),
        (Some(coding), None) if coding.as_bytes().eq_ignore_ascii_case(b"chunked") => Ok(()),
        (Some(_), _) => Err(Problem::new(&problem::MALFORMED)
            .header(header::CONNECTION, HeaderValue::from_static("close"))
            .saying("the content is coded otherwise than in chunks")),
    }
}

/// Refuses a path that decodes to a control character, a separator or another escape: a path is decoded once, and such
/// a one was made for somebody who decodes again (ASVS 1.1.1).
fn path(path: &str) -> Result<(), Problem> {
    if !path.contains('%') || crate::weakened::is("path-form") {
        return Ok(());
    }
    let refuse = |why: &'static str| Err(Problem::new(&problem::MALFORMED).saying(why));
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
