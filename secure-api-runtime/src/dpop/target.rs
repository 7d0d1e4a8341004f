//! The URL of a request, as a proof names it in `htu`: compared after normalization by syntax and by scheme (RFC 9449,
//! section 4.3; RFC 3986, sections 6.2.2 and 6.2.3).

/// Returns `true` if a proof's `htu` is the URL that was asked for. A query and a fragment of either are left out.
///
/// Scheme and host are compared in any case, a default port is as none, and percent-encodings are compared by what they
/// mean. Segments of dots are compared as they are, as the app's paths are.
pub(super) fn is_same(stated: &str, asked: &str) -> bool {
    match (Target::parse(stated), Target::parse(asked)) {
        (Some(stated), Some(asked)) => stated.is(&asked),
        _ => false,
    }
}

struct Target<'a> {
    scheme: &'a str,
    host: &'a str,
    /// A port that is not the default.
    port: &'a str,
    path: &'a str,
}

impl<'a> Target<'a> {
    fn parse(url: &'a str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
        if !url.bytes().all(plain) {
            return None;
        }
        let (scheme, rest) = url.split_once("://")?;
        let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let default = match scheme {
            _ if scheme.eq_ignore_ascii_case("https") => "443",
            _ if scheme.eq_ignore_ascii_case("http") => "80",
            _ => return None,
        };
        // An address of IPv6 has colons of its own, and nothing else does (RFC 3986, section 3.2).
        let end = authority.starts_with('[').then(|| authority.find(']')).flatten();
        let (before, after) = authority.split_at(end.map_or(0, |end| end + 1));
        let (name, port) = after.split_once(':').unwrap_or((after, ""));
        let host = if before.is_empty() { name } else { before };
        let is_host = !host.is_empty() && (before.is_empty() || name.is_empty());
        if !is_host || host.contains(['@', '%']) || !port.bytes().all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let port = if port == default { "" } else { port };
        let path = if path.is_empty() { "/" } else { path };
        Some(Self { scheme, host, port, path })
    }

    fn is(&self, other: &Self) -> bool {
        self.scheme.eq_ignore_ascii_case(other.scheme)
            && self.host.eq_ignore_ascii_case(other.host)
            && self.port == other.port
            && normal(self.path).eq(normal(other.path))
    }
}

/// A letter of a path: as it stands there, or by an escape that only an escape can say.
#[derive(PartialEq, Eq)]
enum Letter {
    Plain(u8),
    Escaped(u8),
}

/// Returns the letters of a path. The escape of an unreserved letter is the letter.
fn normal(path: &str) -> impl Iterator<Item = Letter> {
    let mut rest = path.as_bytes();
    std::iter::from_fn(move || {
        let (first, after) = rest.split_first()?;
        let escape =
            (*first == b'%').then(|| after.first_chunk::<2>().and_then(hexadecimal)).flatten();
        let Some(letter) = escape else {
            rest = after;
            return Some(Letter::Plain(*first));
        };
        rest = &after[2..];
        let unreserved = letter.is_ascii_alphanumeric() || b"-._~".contains(&letter);
        Some(if unreserved { Letter::Plain(letter) } else { Letter::Escaped(letter) })
    })
}

fn hexadecimal(digits: &[u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? * 16 + low?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: &str = "https://shop.example/api/v1/orders/a%20b~";

    // R26: scheme, host, port and path are compared, in whatever spelling they mean the same.
    #[test]
    fn the_same_url_in_another_spelling_is_the_same() {
        for stated in [
            ASKED,
            "https://shop.example/api/v1/orders/a%20b~?expand=all#top",
            "HTTPS://Shop.Example:443/api/v1/orders/a%20b%7E",
            "https://shop.example:/api/v1/%6frders/a%20b%7e",
        ] {
            assert!(is_same(stated, ASKED), "{stated}");
        }
        assert!(is_same("https://shop.example", "https://shop.example/"));
        assert!(is_same("http://[::1]:80/a", "http://[::1]/a"));
        assert!(is_same("http://[::1]:/a", "http://[::1]/a"));
        assert!(is_same("https://[::1]:8443/a", "https://[::1]:8443/a"));
        assert!(is_same("https://x/%c3%a4", "https://x/%C3%A4"));
    }

    #[test]
    fn another_url_is_another() {
        for stated in [
            "",
            "/api/v1/orders/a%20b~",
            "http://shop.example/api/v1/orders/a%20b~",
            "https://shop.example:8443/api/v1/orders/a%20b~",
            "https://shop.example:80/api/v1/orders/a%20b~",
            // A port behind a port is none, though the last is the default.
            "https://shop.example:8443:443/api/v1/orders/a%20b~",
            "https://shop.example:443:443/api/v1/orders/a%20b~",
            "https://shop.example::443/api/v1/orders/a%20b~",
            "https://shop.example::/api/v1/orders/a%20b~",
            "https://shop.example:0443/api/v1/orders/a%20b~",
            "https://shop.example:https/api/v1/orders/a%20b~",
            "https://[shop.example]/api/v1/orders/a%20b~",
            "https://evil.example/api/v1/orders/a%20b~",
            "https://shop.example.evil/api/v1/orders/a%20b~",
            "https://shop.example@evil.example/api/v1/orders/a%20b~",
            "https://u@shop.example/api/v1/orders/a%20b~",
            "https://shop%2Eexample/api/v1/orders/a%20b~",
            "https://shop.example/api/v1/orders/a b~",
            "https://shop.example/api/v1/orders/a+b~",
            "https://shop.example/api/v1/orders/a%20b~/",
            "https://shop.example/api/v1/orders/A%20b~",
            "https://shop.example/api/v1/x/../orders/a%20b~",
            "https://shop.example/api/v1/orders",
            "https://shop.example\\api/v1/orders/a%20b~",
            "https:shop.example/api/v1/orders/a%20b~",
            "https:///api/v1/orders/a%20b~",
        ] {
            assert!(!is_same(stated, ASKED), "{stated}");
        }
        for (stated, asked) in [
            ("https://127.0.0.1:8443:443/a", "https://127.0.0.1:8443/a"),
            ("https://[::1]:8443:443/a", "https://[::1]:8443/a"),
            ("https://[::1]x:443/a", "https://[::1]/a"),
            ("https://[::1/a", "https://[::1/a"),
            ("https://::1/a", "https://[::1]/a"),
        ] {
            assert!(!is_same(stated, asked), "{stated}");
        }
        // An escape that is none is its letters, and a separator that is escaped is none.
        assert!(
            !is_same("https://x/%2", "https://x/%20") && is_same("https://x/%2", "https://x/%2")
        );
        assert!(!is_same("https://x/a%2Fb", "https://x/a/b"));
        assert!(!is_same("https://x/%2541", "https://x/A"));
    }
}
