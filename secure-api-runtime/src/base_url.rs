//! The URL that an app is found at from outside: its origin, and the path that a proxy takes off.

use std::fmt;

use url::{Host, Url};

/// The outside URL of an app, as `https://shop.example/api`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    origin: String,
    /// Empty, or a slash and plain segments, without a slash at the end.
    path: String,
}

impl BaseUrl {
    /// Parses a URL: `https`, or `http` on this machine, with a host and perhaps a port and a path of plain segments, and
    /// nothing else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let local = match url.host()? {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        let origin = url.origin().ascii_serialization();
        let path = text.strip_prefix(&origin)?;
        let bare = matches!(path, "" | "/");
        let fits = url.scheme() == "https" || (url.scheme() == "http" && local);
        let path = if bare { "" } else { path };
        (fits && (bare || is_path(path))).then(|| Self { origin, path: path.to_owned() })
    }

    /// Returns the origin, as browsers write it: `https://shop.example`.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the path that a proxy takes off: empty, or as `/api`.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

/// Returns `true` for segments of unreserved letters, each with a slash before it.
fn is_path(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let segment = |segment: &str| !matches!(segment, "" | "." | "..") && segment.bytes().all(fits);
    text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(segment))
}

#[cfg(test)]
mod tests {
    use super::*;

    // R112
    #[test]
    fn it_is_an_origin_and_a_path_of_plain_segments() {
        for (text, origin, path) in [
            ("https://shop.example", "https://shop.example", ""),
            ("https://shop.example/", "https://shop.example", ""),
            ("https://shop.example:8443/api/v", "https://shop.example:8443", "/api/v"),
            ("https://shop.example/a-b_c.d~e", "https://shop.example", "/a-b_c.d~e"),
            ("http://localhost:8080/api", "http://localhost:8080", "/api"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
            ("http://[::1]:8080", "http://[::1]:8080", ""),
        ] {
            let url = BaseUrl::parse(text).unwrap_or_else(|| panic!("{text} is a URL"));
            assert_eq!((url.origin(), url.path()), (origin, path));
            assert_eq!(url.to_string(), format!("{origin}{path}"));
        }
        for text in [
            "",
            "/api",
            "shop.example",
            "http://shop.example",
            "ftp://shop.example",
            "https://",
            "https://shop.example/api/",
            "https://shop.example//api",
            "https://shop.example/a b",
            "https://shop.example/a%20b",
            "https://shop.example/../x",
            "https://shop.example/{x}",
            "https://shop.example/api?x",
            "https://shop.example/api#x",
            "https://user@shop.example",
            "https://SHOP.example",
            "https://shop.example:443",
            " https://shop.example",
        ] {
            assert_eq!(BaseUrl::parse(text), None, "{text}");
        }
    }
}
