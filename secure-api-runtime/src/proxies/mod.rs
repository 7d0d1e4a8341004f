//! The networks of trusted proxies, whose headers about a caller count.

mod forwarded;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub use self::forwarded::ForwardedHeader;

/// The headers in which proxies of one maker tell the address of a caller, besides `Forwarded` and `X-Forwarded-…`. Nothing
/// believes them, so neither an input nor a source of credentials reads one.
pub(crate) const TELL_ADDRESS: &[&str] = &[
    "ali-cdn-real-ip",
    "cf-connecting-ip",
    "cf-connecting-ipv6",
    "cf-pseudo-ipv4",
    "client-ip",
    "do-connecting-ip",
    "fastly-client-ip",
    "fly-client-ip",
    "incap-client-ip",
    "true-client-ip",
    "wl-proxy-client-ip",
    "x-appengine-user-ip",
    "x-azure-clientip",
    "x-azure-socketip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-envoy-external-address",
    "x-nf-client-connection-ip",
    "x-original-forwarded-for",
    "x-originating-ip",
    "x-real-ip",
    "x-remote-addr",
    "x-remote-ip",
    "x-sucuri-clientip",
    "x-vercel-forwarded-for",
];

/// The networks of an app's proxies. Addresses of IPv4 are those that IPv6 maps (RFC 4291, section 2.5.5.2), so each has one
/// form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Proxies(Vec<Network>);

/// A network: its first and its last address, as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Network(u128, u128);

/// All addresses of IPv4, and all of IPv6 that machines of the internet have (RFC 4291, section 2.5.4).
const EVERYONE: [Network; 2] = [
    Network(0xFFFF << 32, (0xFFFF << 32) | 0xFFFF_FFFF),
    Network(0x2000 << 112, (0x4000 << 112) - 1),
];

impl Proxies {
    /// Adds a network: `10.0.0.0/8`, `fd00::/8`, or one address. `false` if it is none.
    pub(crate) fn add(&mut self, text: &str) -> bool {
        let network = Network::parse(text);
        self.0.extend(network);
        network.is_some()
    }

    /// Returns `true` if there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns `true` if an address is in one of them.
    pub(crate) fn trust(&self, peer: Option<IpAddr>) -> bool {
        let Some(peer) = peer.filter(|_| !self.0.is_empty()) else { return false };
        let peer = number(peer);
        self.0.iter().any(|Network(first, last)| (*first..=*last).contains(&peer))
    }

    /// Returns `true` if they are everyone together, of one family of addresses or of both.
    pub(crate) fn cover_everyone(&self) -> bool {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        EVERYONE.iter().any(|Network(first, last)| {
            let mut next = *first;
            for Network(from, to) in &sorted {
                if *from <= next && *to >= next {
                    next = to.saturating_add(1);
                }
            }
            next > *last
        })
    }
}

impl Network {
    /// Parses an address and the length of a prefix, beyond which the address has no bits.
    fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let (before, longest) = match address {
            IpAddr::V4(_) => (96, 32),
            IpAddr::V6(_) => (0, 128),
        };
        let length = match length {
            None => longest,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok().filter(|length| *length <= longest)?
            }
            Some(_) => return None,
        };
        let first = number(address);
        // A shift by all of its bits leaves none.
        let rest = u128::MAX.checked_shr(before + length).unwrap_or_default();
        (first & rest == 0).then_some(Self(first, first | rest))
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => mapped(address),
        IpAddr::V6(address) => address,
    }
    .to_bits()
}

fn mapped(address: Ipv4Addr) -> Ipv6Addr {
    address.to_ipv6_mapped()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(networks: &[&str]) -> Proxies {
        let mut proxies = Proxies::default();
        for network in networks {
            assert!(proxies.add(network), "{network}");
        }
        proxies
    }

    fn trusts(proxies: &Proxies, peer: &str) -> bool {
        proxies.trust(Some(peer.parse().expect("an address")))
    }

    // R29
    #[test]
    fn an_address_of_a_network_is_trusted_in_either_form() {
        let ours = proxies(&["10.0.0.0/8", "192.0.2.7", "fd00::/8", "2001:db8::1"]);
        for peer in
            ["10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3", "192.0.2.7", "fd12::1", "2001:db8::1"]
        {
            assert!(trusts(&ours, peer), "{peer}");
        }
        for peer in [
            "9.255.255.255",
            "11.0.0.0",
            "::ffff:11.0.0.0",
            "192.0.2.8",
            "fc00::",
            "fe00::",
            "2001:db8::2",
            "::10.0.0.1",
        ] {
            assert!(!trusts(&ours, peer), "{peer}");
        }
        assert!(!ours.trust(None));
        assert!(!trusts(&Proxies::default(), "10.0.0.1"));
        let mapped = proxies(&["::ffff:10.0.0.0/104"]);
        assert!(trusts(&mapped, "10.1.2.3") && !trusts(&mapped, "11.0.0.0"));
    }

    #[test]
    fn a_network_has_a_prefix_and_nothing_beyond() {
        for text in [
            "",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/-1",
            "10.0.0.1/8",
            "10.0.0/8",
            "10/8",
            "*",
            "localhost",
            "fd00::/129",
            "fd00::1/8",
            "10.0.0.0/8/8",
            " 10.0.0.0/8",
            "10.0.0.0/0",
            "fe80::1%eth0",
        ] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }

    #[test]
    fn whoever_trusts_everyone_is_found() {
        for networks in [
            &["0.0.0.0/0"][..],
            &["::/0"],
            &["::ffff:0:0/96"],
            &["::/1"],
            &["2000::/3"],
            &["0.0.0.0/1", "128.0.0.0/1"],
            &["10.0.0.0/8", "128.0.0.0/1", "64.0.0.0/2", "0.0.0.0/2"],
            &["3000::/4", "2000::/4"],
        ] {
            assert!(proxies(networks).cover_everyone(), "{networks:?}");
        }
        for networks in [
            &[][..],
            &["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8", "::1"],
            &["0.0.0.0/1", "128.0.0.0/2"],
            &["2000::/4"],
        ] {
            assert!(!proxies(networks).cover_everyone(), "{networks:?}");
        }
    }
}
