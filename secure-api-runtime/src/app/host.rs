//! The host of a request: there is one, it is well-formed, and it is ours (RFC 9110, sections 4.2 and 7.2; RFC 9112,
//! section 3.2; RFC 9113, section 8.3.1).

use std::net::Ipv6Addr;

use http::{Version, header, request::Parts, uri};

use crate::{
    error::{Problem, problem},
    serve::{Connection, Transport},
};

/// A host and a port, as they are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Host<'a> {
    name: Name<'a>,
    port: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name<'a> {
    /// A name or an address of IPv4, without the dot of the root.
    Text(&'a str),
    /// An address in brackets.
    Address(Ipv6Addr),
}

/// The scheme that a port is the default of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
    /// Either: what stands before this server may be what ends the encryption.
    Either,
}

/// The longest name (RFC 1035, section 2.3.4).
const LONGEST: usize = 255;

impl<'a> Host<'a> {
    /// Reads a host: a name of letters, digits, hyphens and underscores, or an address, then a port. What else the
    /// grammar of URIs admits names no machine.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (name, port) = if let Some(literal) = text.strip_prefix('[') {
            let (address, port) = literal.split_once(']')?;
            (Name::Address(address.parse().ok()?), port)
        } else {
            let end = text.bytes().position(|byte| byte == b':').unwrap_or(text.len());
            let (name, port) = text.split_at(end);
            (Name::Text(named(name)?), port)
        };
        let port = match port.strip_prefix(':') {
            None if port.is_empty() => None,
            None => return None,
            Some("") => None,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(digits.parse().ok().filter(|port| *port != 0)?)
            }
            Some(_) => return None,
        };
        Some(Self { name, port })
    }

    /// Returns `true` where both are the same: a name in any case, and a port that is said or is the default.
    fn is(&self, other: &Self, scheme: Scheme) -> bool {
        let name = match (self.name, other.name) {
            (Name::Text(one), Name::Text(other)) => one.eq_ignore_ascii_case(other),
            (one, other) => one == other,
        };
        name && scheme.without_default(self.port) == scheme.without_default(other.port)
    }
}

/// Returns a name without the dot of the root, if it is one.
fn named(name: &str) -> Option<&str> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let mut before = b'.';
    for byte in name.bytes() {
        let fits = match byte {
            b'.' => before != b'.',
            b'-' | b'_' => true,
            _ => byte.is_ascii_alphanumeric(),
        };
        if !fits {
            return None;
        }
        before = byte;
    }
    (before != b'.' && name.len() <= LONGEST).then_some(name)
}

impl Scheme {
    fn of(scheme: Option<&uri::Scheme>) -> Option<Self> {
        match scheme {
            None => Some(Self::Either),
            Some(scheme) if *scheme == uri::Scheme::HTTP => Some(Self::Http),
            Some(scheme) if *scheme == uri::Scheme::HTTPS => Some(Self::Https),
            Some(_) => None,
        }
    }

    fn without_default(self, port: Option<u16>) -> Option<u16> {
        match (self, port) {
            (Self::Http | Self::Either, Some(80)) | (Self::Https | Self::Either, Some(443)) => None,
            (_, port) => port,
        }
    }
}

/// Refuses a request that does not name one host, and one that is not ours.
///
/// # Errors
///
/// 400 where a request of ours names none, where it names two, or something that is none; 421 where it is not ours.
pub(super) fn check(
    parts: &Parts,
    connection: Option<Connection>,
    ours: &[String],
) -> Result<(), Problem> {
    let refuse = |why: &'static str| Err(Problem::new(&problem::MALFORMED).saying(why));
    let mut lines = parts.headers.get_all(header::HOST).iter();
    let stated = match (lines.next(), lines.next()) {
        (None, _) => None,
        (Some(line), None) => match line.to_str().ok().and_then(Host::parse) {
            Some(host) => Some(host),
            None => return refuse("the Host is none"),
        },
        (Some(_), Some(_)) => return refuse("there are two Hosts"),
    };
    let target = match parts.uri.authority() {
        None => None,
        Some(authority) => {
            let (Some(scheme), Some(host)) =
                (Scheme::of(parts.uri.scheme()), Host::parse(authority.as_str()))
            else {
                return refuse("the authority of the target is none");
            };
            if stated.is_some_and(|stated| !stated.is(&host, scheme)) {
                return refuse("the Host is not the authority of the target");
            }
            Some(host)
        }
    };
    // HTTP/1.1 wants the field whatever the target says; HTTP/2 wants one of the two. Without a socket of ours there may
    // be none.
    let wanted = match parts.version {
        Version::HTTP_11 => stated,
        Version::HTTP_09 | Version::HTTP_10 => stated.or(target).or(Some(NOWHERE)),
        _ => target.or(stated),
    };
    if wanted.is_none() && connection.is_some() {
        return refuse("there is no Host");
    }
    if ours.is_empty() {
        return Ok(());
    }
    let scheme = match connection.map(|connection| connection.transport) {
        Some(Transport::Tls) => Scheme::Https,
        Some(Transport::Plain) | None => Scheme::Either,
    };
    let known = target.or(stated).is_some_and(|host| {
        ours.iter().filter_map(|ours| Host::parse(ours)).any(|ours| ours.is(&host, scheme))
    });
    if known {
        Ok(())
    } else {
        Err(Problem::new(&problem::MISDIRECTED).saying("the host is not ours"))
    }
}

/// The host of a request of HTTP/1.0, which need not name one.
const NOWHERE: Host<'static> = Host { name: Name::Text(""), port: None };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_and_perhaps_a_port() {
        for text in [
            "shop.example",
            "SHOP.example.",
            "my_shop",
            "a-b.c",
            "127.0.0.1",
            "[::1]",
            "[2001:DB8::1]:8443",
            "shop.example:",
            "shop.example:443",
            "shop.example:0443",
            "x:65535",
            "1",
        ] {
            assert!(Host::parse(text).is_some(), "{text}");
        }
        let long = "a".repeat(256);
        for text in [
            "",
            ".",
            "..",
            ":80",
            "a b",
            "a\tb",
            "a..b",
            ".a",
            "a..",
            "u@x",
            "u:p@x",
            "x:99999",
            "x:0",
            "x:+1",
            "x:1a",
            "x:1:2",
            "::1",
            "[::1",
            "[]",
            "[::1]x",
            "[fe80::1%25eth0]",
            "[v1.a]",
            "[127.0.0.1]",
            "a/b",
            "a?b",
            "a#b",
            "a\\b",
            "a,b",
            "a%62",
            "<a>",
            "a\"",
            "\u{e4}.example",
            "http://a",
            "*",
            &long,
        ] {
            assert!(Host::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_default_port_is_none() {
        let same = |one, other, scheme| {
            let parse = |text| Host::parse(text).expect("a host");
            parse(one).is(&parse(other), scheme)
        };
        for scheme in [Scheme::Https, Scheme::Either] {
            assert!(same("shop.example", "Shop.Example.:443", scheme));
        }
        assert!(same("shop.example:", "shop.example:80", Scheme::Http));
        assert!(same("[::1]", "[0:0::1]:443", Scheme::Https));
        assert!(!same("shop.example", "shop.example:80", Scheme::Https));
        assert!(!same("shop.example", "shop.example:8443", Scheme::Either));
        assert!(!same("shop.example", "shop.example.evil", Scheme::Either));
        assert!(!same("127.0.0.1", "[::ffff:127.0.0.1]", Scheme::Either));
    }
}
