//! The address of something on the web.

use std::net::IpAddr;

use url::{Host, Url};

use super::{
    address::is_public,
    leaf::{is_plain_line, text_value},
};

/// Longest URL, in octets.
const LONGEST: usize = 2048;

/// Endings of names that are not on the public internet (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`).
const LOCAL: &[&str] = &[
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "home.arpa",
    "onion",
    "test",
    "invalid",
];

/// The address of something on the public web, which makes no server ask itself or its neighbours.
///
/// It is an `http` or `https` URL (WHATWG) of at most 2048 octets, without user name and password, whose host is a
/// name with a dot or a public address. Names that are never public, as `localhost` and `*.internal`, and all
/// spellings of private, loopback and link-local addresses are refused: `http://2130706433`, `http://0x7f.1`,
/// `http://[::ffff:10.0.0.1]`. It is kept, shown and written in its normal form. In JSON it is a text of format
/// `uri`. `Debug` shows scheme and host only, since paths and queries hold tokens.
///
/// A name can still lead to a private address when it is looked up. A `SafeClient` asks whenever it connects; whoever connects by
/// something else has to ask [`is_public`] of each address it connects to, and not to follow redirects on trust.
///
/// ```
/// use secure_api::value::WebUrl;
///
/// let url: WebUrl = "HTTPS://Shop.Example:443/a?key=1".parse()?;
/// assert_eq!(url.as_str(), "https://shop.example/a?key=1");
/// assert_eq!((url.is_https(), url.host()), (true, "shop.example"));
/// assert_eq!(format!("{url:?}"), "WebUrl(https://shop.example/…)");
/// for text in ["javascript:alert(1)", "https://me:pw@shop.example", "http://169.254.169.254/", "http://127.1"] {
///     assert!(text.parse::<WebUrl>().is_err());
/// }
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebUrl(String);

text_value! {
    [] WebUrl, wanted: "a public http or https URL is expected", code: "url",
    lengths: 8..=LONGEST, format: "uri",
    texts: Form,
    read: read,
    debug: |url, f| {
        write!(f, "WebUrl({}://{}/…)", if url.is_https() { "https" } else { "http" }, url.host())
    },
}

impl WebUrl {
    /// Returns `true` if the scheme is `https`.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// Returns the host: a name in lower case, punycode where it was not ASCII, or an address, without the port.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // There is no user name before it; the colons of an address are in brackets.
        match authority.find(']') {
            Some(end) => authority.get(..=end).unwrap_or(authority),
            None => authority.split(':').next().unwrap_or_default(),
        }
    }
}

/// Parses an absolute `http` or `https` URL that every reader takes for the same, wherever it leads.
pub(super) fn parse(text: &str) -> Option<Url> {
    if text.len() > LONGEST || !is_plain_line(text) || text.contains([' ', '\\']) {
        // A browser reads `\` as `/` and drops white space; others do not.
        return None;
    }
    // The same holds for `https:shop.example` and `https:///shop.example`.
    let (scheme, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() || authority.contains('@') {
        return None;
    }
    if !(scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.port() != Some(0);
    plain.then_some(url)
}

fn read(text: &str) -> Option<String> {
    let mut url = parse(text)?;
    // A name that ends with a point is the same name.
    if let Some(name) = url.domain().and_then(|name| name.strip_suffix('.')).map(str::to_owned) {
        url.set_host(Some(&name)).ok()?;
    }
    let public = match url.host()? {
        Host::Domain(name) => is_public_name(name),
        Host::Ipv4(address) => is_public(IpAddr::V4(address)),
        Host::Ipv6(address) => is_public(IpAddr::V6(address)),
    };
    let url = String::from(url);
    // Encoding can make it longer.
    (public && url.len() <= LONGEST).then_some(url)
}

fn is_public_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let ends_in = |ending: &&str| {
        name.strip_suffix(*ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    // A name without a dot is one of a private network; one that ends in a number is no name.
    name.contains('.')
        && !name.split('.').any(str::is_empty)
        && !LOCAL.iter().any(ends_in)
        && !name
            .rsplit('.')
            .next()
            .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()))
}
