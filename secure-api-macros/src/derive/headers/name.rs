//! Names of header fields: which are a handler's own to send.

use crate::concern::secret;

/// Fields that the framework sends, that the server of the connection does, or that a browser or a proxy acts by.
const OWNED: &[&str] = &[
    "accept",
    "activate-storage-access",
    "age",
    "allow",
    "alt-svc",
    "authentication-info",
    "authorization",
    "clear-site-data",
    "connection",
    "cookie",
    "critical-ch",
    "date",
    "deprecation",
    "document-policy",
    "dpop",
    "dpop-nonce",
    "edge-control",
    "etag",
    "expect",
    "expires",
    "feature-policy",
    "forwarded",
    "from",
    "host",
    "idempotency-key",
    "idempotency-replayed",
    "integrity-policy",
    "keep-alive",
    "last-modified",
    "link",
    "link-template",
    "location",
    "nel",
    "no-vary-search",
    "origin",
    "origin-agent-cluster",
    "permissions-policy",
    "pragma",
    "range",
    "ratelimit",
    "ratelimit-policy",
    "referer",
    "referrer-policy",
    "refresh",
    "report-to",
    "reporting-endpoints",
    "retry-after",
    "server",
    "service-worker-allowed",
    "set-cookie",
    "set-login",
    "sourcemap",
    "speculation-rules",
    "strict-transport-security",
    "sunset",
    "supports-loading-mode",
    "te",
    "timing-allow-origin",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "vary",
    "via",
    "warning",
    "www-authenticate",
    "x-content-type-options",
    "x-frame-options",
    "x-request-id",
    "x-sourcemap",
    "x-ua-compatible",
    "x-xss-protection",
];

/// Beginnings of such names. Those of `x-accel-`, `x-lighttpd-`, `x-litespeed-`, `x-reproxy-` and `x-sendfile` have a proxy send
/// another file in place of the answer.
const FAMILIES: &[&str] = &[
    "accept-",
    "access-control-",
    "content-",
    "cross-origin-",
    "if-",
    "proxy-",
    "sec-",
    "surrogate-",
    "x-accel-",
    "x-forwarded-",
    "x-lighttpd-",
    "x-litespeed-",
    "x-permitted-",
    "x-reproxy-",
    "x-sendfile",
];

/// The end of the names by which caches are told what they may keep: of all, or by RFC 9213 of one, as `CDN-Cache-Control`.
const CACHES: &str = "cache-control";

/// The longest name.
const LONGEST: usize = 64;

/// Returns the reason for which a handler cannot send a field of this name.
pub(super) fn refused(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let is_plain = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'-';
    if lower.is_empty() || lower.len() > LONGEST || !lower.bytes().all(is_plain) {
        return Some("a name is 1 to 64 ASCII letters, digits and hyphens");
    }
    let is_owned = OWNED.contains(&&*lower)
        || FAMILIES.iter().any(|family| lower.starts_with(family))
        || lower.ends_with(CACHES);
    if is_owned {
        return Some("the framework sends it, or a browser or a proxy acts by it");
    }
    secret::is_secret_shown(name)
        .then_some("it is named like a secret, and header fields stand in the logs of proxies")
}

/// Returns a field's name as a header's, as `Total-Count` of `total_count`.
pub(super) fn spelled(field: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    field.split('_').filter(|part| !part.is_empty()).map(word).collect::<Vec<_>>().join("-")
}

/// Returns a name near to one that is refused, which no other field has.
pub(super) fn free(name: &str, taken: &[String]) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .take(LONGEST - 4)
        .collect();
    let own = format!("X-{}", plain.trim_matches('-'));
    let is_free = |name: &String| {
        refused(name).is_none() && !taken.iter().any(|other| other.eq_ignore_ascii_case(name))
    };
    let numbered = (2..100).map(|number| format!("{own}-{number}"));
    [own.clone()].into_iter().chain(numbered).find(is_free).unwrap_or_else(|| "X-Note".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_act_by_is_not_a_handlers() {
        for name in [
            "Set-Cookie",
            "Location",
            "content-type",
            "Access-Control-Allow-Origin",
            "X-Accel-Redirect",
            "X-Sendfile",
            "X-LiteSpeed-Location",
            "Cache-Control",
            "CDN-Cache-Control",
            "Surrogate-Control",
            "Link",
            "Sec-Anything",
            "",
            "a b",
            "a:b",
            "a\r\nb",
            "Größe",
            "X-Api-Key",
            "X-Access-Token",
        ] {
            assert!(refused(name).is_some(), "{name}");
        }
        for name in ["X-Total-Count", "Total-Count", "X-Page", "Book-Title", "Operation-Id"] {
            assert_eq!(refused(name), None, "{name}");
        }
        assert_eq!(spelled("total_count"), "Total-Count");
        assert_eq!(free("Location", &["x-location".to_owned()]), "X-Location-2");
    }
}
