//! The addresses of the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Returns `true` if an address is one of the public internet: not this machine, not a private network, not a cloud's
/// metadata service, and none of those by an IPv4 address inside of an IPv6 one (RFC 6890 and its registries).
///
/// ```
/// use secure_api::value::is_public;
///
/// assert!(is_public([93, 184, 215, 14].into()));
/// assert!(!is_public([169, 254, 169, 254].into()));
/// assert!(!is_public("::ffff:127.0.0.1".parse()?));
/// # Ok::<_, std::net::AddrParseError>(())
/// ```
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        // This network, private use, this machine.
        (0 | 10 | 127, _, _)
            // Shared by carriers, link-local with the clouds' metadata, private use.
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            // Protocols, examples, 6to4 relays, benchmarks.
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            // Multicast and reserved, broadcast included.
            | (224.., _, _)
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    match segments {
        // Mapped, compatible and translated addresses are not public, whatever they hold: there is no reason to
        // write one. Unspecified and loopback are among these.
        [0, 0, 0, 0, 0, ..] | [0x64, 0xff9b, ..] => false,
        // Protocols with Teredo, 6to4, examples.
        [0x2001, (..=0x01ff), ..]
        | [0x2002, ..]
        | [0x2001, 0x0db8, ..]
        | [0x3fff, (..=0x0fff), ..] => false,
        // Of the rest only global unicast is given out (RFC 4291): this leaves local and multicast ones outside.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}
