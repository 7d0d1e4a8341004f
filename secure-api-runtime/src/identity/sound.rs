//! The mistakes of a kind of credentials: names that cannot be sent, and places that are not its own.

use super::{Kind, Place, taken::is_taken};
use crate::reason::is_sentence;

impl Kind {
    /// Returns what is wrong with it.
    pub(crate) fn mistake(&self) -> Option<&'static str> {
        if !is_token(self.name()) {
            return Some("a name is of letters, digits and hyphens");
        }
        match self.place() {
            Place::Authorization | Place::Connection => None,
            Place::Header(header) if !is_plain(header) => {
                Some("a header is named by letters, digits, `-`, `_` and `.`")
            }
            Place::Header(header) if header.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                Some("a header is named in lower case")
            }
            // To some servers both spellings are one header.
            Place::Header(header) if is_taken(&header.replace('_', "-")) => {
                Some("browsers or proxies send this header, or it says something else")
            }
            Place::Header(_) => None,
            Place::Cookie(name) if !is_plain(name) => {
                Some("a cookie is named by letters, digits, `-`, `_` and `.`")
            }
            Place::Cookie(_) => None,
            Place::Query(name) if !is_plain(name) => {
                Some("a parameter is named by letters, digits, `-`, `_` and `.`")
            }
            Place::Query(_) => {
                let has_reason = self.reason().is_some_and(is_sentence);
                (!has_reason).then_some("what stands in a query has a reason, which is a sentence")
            }
        }
    }
}

/// Returns `true` for a name that a header, a cookie and a parameter have as it is written.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !text.is_empty() && text.bytes().all(is_plain)
}

/// Returns `true` for a token of RFC 9110, section 5.6.2, of letters, digits and hyphens.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    // R113: what a browser adds by itself proves nothing about who is calling.
    #[test]
    fn a_header_of_its_own_is_one_that_nobody_else_sends() {
        for header in ["x-badge", "x-api-key", "badge", "api_key"] {
            assert_eq!(Kind::header("Badge", header).mistake(), None, "{header}");
        }
        for header in [
            "cookie",
            "host",
            "sec-fetch-site",
            "x-forwarded-for",
            "x_real_ip",
            "cf-connecting-ip",
            "true_client_ip",
            "if-match",
            "accept",
            "authorization",
            "X-Badge",
            "x badge",
            "",
        ] {
            assert!(Kind::header("Badge", header).mistake().is_some(), "{header}");
        }
        for name in ["", "My Badge", "badge\"", "é"] {
            assert!(Kind::authorization(name).mistake().is_some(), "{name}");
        }
        assert_eq!(Kind::authorization("Badge-2").mistake(), None);
    }

    #[test]
    fn a_cookie_and_a_parameter_have_plain_names() {
        const REASON: &str = "the partner's contract has the key in the URL";
        for name in ["api_key", "x.key", "Key-2"] {
            assert_eq!(Kind::cookie("Badge", name).mistake(), None, "{name}");
            assert_eq!(Kind::query("Badge", name, REASON).mistake(), None, "{name}");
        }
        for name in ["", "a b", "a=b", "a;b", "a&b", "a%41", "é", "a[]"] {
            assert!(Kind::cookie("Badge", name).mistake().is_some(), "{name}");
            assert!(Kind::query("Badge", name, REASON).mistake().is_some(), "{name}");
        }
        for reason in ["", "because", "TODO"] {
            assert!(Kind::query("Badge", "key", reason).mistake().is_some(), "{reason}");
        }
    }
}
