//! The headers of answers: those that every answer has, those of a status, those of what comes to its end.

use utoipa::openapi::{Header, HeaderBuilder};

use super::schema::{exactly, integer, text};
use crate::inventory::VersionModel;

/// The headers that every answer has, or may have.
pub(super) const EVERYWHERE: [&str; 4] =
    ["RateLimit", "RateLimit-Policy", "X-Request-Id", ALLOWED_ORIGIN];

/// The header that tells a browser which page may read the answer. It is documented where it is never sent too, and says so:
/// a linter takes a document without it for one that says nothing of other origins.
pub(super) const ALLOWED_ORIGIN: &str = "Access-Control-Allow-Origin";

/// Its description, where pages of some origins may read answers.
pub(super) const ORIGINS_ALLOWED: &str =
    "The origin of the page that asks, if it is one that the server allows.";

/// Its description, where none may.
pub(super) const NO_ORIGIN_ALLOWED: &str =
    "Never sent: no page of another origin may read an answer.";

/// Returns the further headers of a refusal with this status (RFC 9110).
pub(super) fn further(status: u16) -> &'static [&'static str] {
    match status {
        401 => &["WWW-Authenticate"],
        415 => &["Accept"],
        416 => &["Content-Range"],
        429 | 503 => &["Retry-After"],
        _ => &[],
    }
}

/// Returns a header by its name in a version.
pub(super) fn header(name: &str, version: &VersionModel) -> Header {
    let stated = |name: &str| {
        let headers = version.headers();
        let value = headers.iter().find(|(known, _)| *known == name);
        exactly(value.and_then(|(_, value)| value.to_str().ok()).unwrap_or_default())
    };
    let (description, schema) = match name {
        "RateLimit" => (
            "What is left of each limit: `r` requests, the next ones in `t` seconds.",
            text(0, 1024, Some("\"[^\"]+\";r=[0-9]+.*"), None),
        ),
        "RateLimit-Policy" => (
            "Each limit that applies: `q` requests in `w` seconds.",
            text(0, 1024, Some("\"[^\"]+\";q=[0-9]+.*"), None),
        ),
        "X-Request-Id" => (
            "The id under which the server's log knows the request: the caller's own if it is 8 to 64 letters, \
             digits and hyphens, else a new one.",
            text(7, 64, Some("^[A-Za-z0-9-]+$"), None),
        ),
        ALLOWED_ORIGIN => (NO_ORIGIN_ALLOWED, text(0, 255, None, Some("uri"))),
        "Idempotency-Replayed" => (
            "There if this is the answer of an earlier request with the same `Idempotency-Key`.",
            exactly("true"),
        ),
        "Set-Cookie" => (
            "The session that was begun, or is to be forgotten: `Secure`, `HttpOnly`, `SameSite=Strict`.",
            text(16, 256, Some("^__Host-session="), None),
        ),
        "Clear-Site-Data" => (
            "There where somebody signs out: what a browser is to forget of this origin.",
            exactly("\"cache\", \"storage\""),
        ),
        "Retry-After" => ("Seconds after which to try again.", integer(1, i32::MAX.into())),
        "WWW-Authenticate" => {
            ("How to authenticate (RFC 6750).", text(0, 1024, Some("^[A-Za-z0-9-]+ .*$"), None))
        }
        "Accept" => ("The media types that are read.", text(1, 128, None, None)),
        "Accept-Encoding" => ("The codings of content that are read.", exactly("gzip, identity")),
        "Accept-Query" => (
            "The media types in which a QUERY of this path may ask (RFC 10008).",
            text(3, 256, None, None),
        ),
        "Location" => {
            ("Where what was created is to be found.", text(1, 2048, None, Some("uri-reference")))
        }
        "ETag" => (
            "What this representation is known by (RFC 9110).",
            text(2, 64, Some("^\"[A-Za-z0-9_-]+\"$"), None),
        ),
        "Accept-Ranges" => ("The unit of ranges (RFC 9110, section 14.3).", exactly("bytes")),
        "Content-Range" => (
            "The place of the part in the file (RFC 9110, section 14.4); that of several parts is with each.",
            text(9, 70, Some("^bytes ([0-9]+-[0-9]+|\\*)/[0-9]+$"), None),
        ),
        "Content-Disposition" => (
            "The file is to be kept or to be shown, under this name (RFC 6266).",
            text(6, 2048, Some("^(attachment|inline)(;.*)?$"), None),
        ),
        "Deprecation" => {
            ("Since when the version is deprecated (RFC 9745).", stated("deprecation"))
        }
        "Sunset" => ("When the version stops being served (RFC 8594).", stated("sunset")),
        _ => ("Where to read how to move on.", stated("link")),
    };
    HeaderBuilder::new().description(Some(description)).schema(Some(schema)).build()
}

/// Returns a header of a deprecated operation's answers.
pub(super) fn stated_header(name: &str, value: &str) -> Header {
    let description = match name {
        "deprecation" => "Since when the operation is deprecated (RFC 9745).",
        "sunset" => "When the operation stops being served (RFC 8594).",
        "link-template" => "What to use instead (RFC 9652).",
        _ => "Where to move on to (RFC 8288).",
    };
    HeaderBuilder::new().description(Some(description)).schema(Some(exactly(value))).build()
}

/// Returns a header's name as documents write it.
pub(super) fn spelled(name: &str) -> &'static str {
    match name {
        "deprecation" => "Deprecation",
        "sunset" => "Sunset",
        "link-template" => "Link-Template",
        _ => "Link",
    }
}
