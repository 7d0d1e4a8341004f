//! The address of a client, as the proxies on its way tell it in a header.
//!
//! Each proxy adds whoever called it at the right end. So the list is read from there, through those that are trusted, and what
//! stands left of the first address that is not is the client's own word: nobody looks at it.

#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv6Addr};

use http::{HeaderMap, HeaderName, header::FORWARDED};

use super::Proxies;

/// The header in which the proxies before an app tell the address of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// `X-Forwarded-For`: addresses with commas between.
    XForwardedFor,
    /// `Forwarded` (RFC 7239), of which `for` is read.
    Forwarded,
    /// No header: the proxies speak the PROXY protocol, or tell nobody's address.
    Neither,
}

/// The header that most proxies write.
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The most entries that are read of a list: more proxies than anybody has in a row.
const MOST: usize = 32;

/// The content of one entry.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Address(IpAddr),
    /// A proxy hides who called it, or says nothing of it.
    Nobody,
    /// Nothing stands between two commas.
    Nothing,
}

impl ForwardedHeader {
    /// Returns the name of the header, where there is one.
    pub(crate) fn name(self) -> Option<HeaderName> {
        match self {
            Self::XForwardedFor => Some(X_FORWARDED_FOR),
            Self::Forwarded => Some(FORWARDED),
            Self::Neither => None,
        }
    }

    /// Returns the entry as the header writes it.
    fn told(self, entry: &str) -> Option<Told> {
        match self {
            Self::Forwarded => element(entry),
            Self::XForwardedFor | Self::Neither => node(entry),
        }
    }
}

impl Proxies {
    /// Returns the address of the client of a request that one of these proxies sent on: the first from the right of the header
    /// that is none of theirs. Where one of them hides who called it, or all addresses are theirs, it is the last one that was
    /// told. The header is `X-Forwarded-For` where none is stated.
    ///
    /// # Errors
    ///
    /// The fault, where a proxy wrote something that is no address, where its list has more than 32, and where none is stated
    /// and both headers are there: nobody knows which of them the proxy wrote, and which the client.
    pub(crate) fn client(
        &self,
        stated: Option<ForwardedHeader>,
        headers: &HeaderMap,
        proxy: IpAddr,
    ) -> Result<IpAddr, &'static str> {
        if stated.is_none()
            && [FORWARDED, X_FORWARDED_FOR].iter().all(|name| headers.contains_key(name))
        {
            return Err(
                "a proxy sent both X-Forwarded-For and Forwarded, and the app does not state which it reads",
            );
        }
        let header = stated.unwrap_or(ForwardedHeader::XForwardedFor);
        let mut last = proxy;
        let Some(name) = header.name() else { return Ok(last) };
        // Several lines are one list, in their order (RFC 9110, section 5.3).
        let lines = headers.get_all(name).iter().rev();
        for (number, entry) in lines.flat_map(|line| entries(line.as_bytes())).enumerate() {
            if number == MOST {
                return Err("a proxy sent a list of more than 32 addresses");
            }
            let text =
                std::str::from_utf8(entry).ok().and_then(|entry| header.told(trimmed(entry)));
            match text.ok_or("a proxy told of a client that is no address")? {
                Told::Nothing => {}
                Told::Nobody => break,
                Told::Address(address) => {
                    last = address;
                    if !self.trust(Some(address)) {
                        break;
                    }
                }
            }
        }
        Ok(last)
    }
}

/// Returns the entries of a list from its right end. A comma in quotes parts nothing. Quotes are counted from the right too, so
/// none that a client left open takes in what a proxy added behind.
fn entries(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut left = Some(line);
    std::iter::from_fn(move || {
        let line = left?;
        let mut quoted = false;
        let comma = line.iter().rposition(|byte| {
            quoted ^= *byte == b'"';
            *byte == b',' && !quoted
        });
        let (before, entry) = match comma {
            Some(comma) => (Some(&line[..comma]), &line[comma + 1..]),
            None => (None, line),
        };
        left = before;
        Some(entry)
    })
}

/// Removes blanks and tabs from both ends.
fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// Reads an element of `Forwarded`: pairs with semicolons between, of which one may be `for`.
fn element(text: &str) -> Option<Told> {
    if text.is_empty() {
        return Some(Told::Nothing);
    }
    // A quote that is open at one end takes in what stood behind a comma, as nobody wrote it.
    if text.matches('"').count() % 2 == 1 {
        return None;
    }
    let mut told = None;
    for pair in pairs(text) {
        let pair = trimmed(pair);
        if pair.is_empty() {
            continue;
        }
        let (name, value) =
            pair.split_once('=').filter(|(name, _)| name.bytes().all(is_of_a_token))?;
        if !name.eq_ignore_ascii_case("for") {
            continue;
        }
        // Each name stands once (RFC 7239, section 4).
        if told.is_some() {
            return None;
        }
        let inside = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let value = match inside {
            Some(inside) => Some(inside).filter(|inside| !inside.contains(['"', '\\'])),
            None => Some(value).filter(|value| value.bytes().all(is_of_a_token)),
        };
        told = Some(value.filter(|value| !value.is_empty()).and_then(node)?);
    }
    Some(told.unwrap_or(Told::Nobody))
}

/// Returns the parts of an element between semicolons that no quotes hold.
fn pairs(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |letter| {
        quoted ^= letter == '"';
        letter == ';' && !quoted
    })
}

/// Returns `true` for what a token has (RFC 9110, section 5.6.2).
fn is_of_a_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Reads the name of a node (RFC 7239, section 6): an address, perhaps with a port, `unknown`, or a name that hides one.
fn node(text: &str) -> Option<Told> {
    if text.is_empty() {
        return Some(Told::Nothing);
    }
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(Told::Address(address.to_canonical()));
    }
    let (name, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (inside, port) = rest.split_once(']')?;
            inside.parse::<Ipv6Addr>().ok()?;
            (inside, port.strip_prefix(':').or(port.is_empty().then_some("0")))
        }
        None => match text.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (text, Some("0")),
        },
    };
    port.filter(|port| is_port(port))?;
    if name.eq_ignore_ascii_case("unknown") || is_hidden(name) {
        return Some(Told::Nobody);
    }
    Some(Told::Address(name.parse::<IpAddr>().ok()?.to_canonical()))
}

/// Returns `true` for a port, or a name that hides one.
fn is_port(text: &str) -> bool {
    let digits =
        !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits || is_hidden(text)
}

/// Returns `true` for a name that a proxy made up in the place of an address or a port.
fn is_hidden(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    text.strip_prefix('_').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(fits))
}
