//! The key of a bucket: the client network or the principal that a request is charged to.
//!
//! A key holds neither a subject nor an issuer, only a keyed hash, so that a memory dump or a debug print of
//! the buckets names nobody.

use std::{
    collections::hash_map::RandomState,
    fmt,
    hash::{BuildHasher, Hash, Hasher},
    net::IpAddr,
    sync::LazyLock,
};

use crate::{fingerprint::Fingerprint, identity::Identity};

/// The key of a bucket: one client network or one principal.
///
/// A principal's key is the same for the life of the process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LimitKey {
    kind: Kind,
    /// The hash for all limits of a request, made once. It is keyed at random: a caller that chooses its address
    /// does not choose the place of its bucket.
    hash: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    V4([u8; 4]),
    /// The first 64 bits: what one subscriber is commonly given, and so can change at will below.
    V6([u8; 8]),
    /// 128 bits of a keyed hash. Without the key a caller can neither find nor aim for a collision.
    Principal(Fingerprint),
}

impl LimitKey {
    /// Creates the key of a client address: an IPv4 address whole, an IPv6 one by its /64. An IPv4 address that was
    /// mapped into IPv6 (`::ffff:192.0.2.1`) is that IPv4 address.
    pub fn address(address: IpAddr) -> Self {
        static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::new);

        let kind = match address.to_canonical() {
            IpAddr::V4(address) => Kind::V4(address.octets()),
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, g, h, ..] = address.octets();
                Kind::V6([a, b, c, d, e, f, g, h])
            }
        };
        Self { kind, hash: HASHER.hash_one(kind) }
    }

    /// Creates the key of a principal: a subject as its issuer knows it, in a tenant or in none.
    pub fn principal(identity: &Identity) -> Self {
        // A keyed hash already.
        let fingerprint = identity.fingerprint();
        Self { kind: Kind::Principal(fingerprint), hash: fingerprint.half() }
    }

    /// Returns the number of this key among so many shards.
    pub(super) fn shard(&self, shards: usize) -> usize {
        (self.hash >> 32) as usize % shards
    }
}

impl Hash for LimitKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

impl fmt::Debug for LimitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::V4(_) | Kind::V6(_) => "LimitKey(address)",
            Kind::Principal(_) => "LimitKey(principal)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(issuer: &str, tenant: Option<&str>, subject: &str) -> LimitKey {
        LimitKey::principal(&Identity::new(issuer.into(), tenant, subject, 0, 0))
    }

    fn address(text: &str) -> LimitKey {
        LimitKey::address(text.parse().expect("an address"))
    }

    // R61
    #[test]
    fn ipv6_is_counted_by_its_64() {
        assert_eq!(address("2001:db8:1:2::1"), address("2001:db8:1:2:aaaa:bbbb:cccc:dddd"));
        assert_ne!(address("2001:db8:1:2::1"), address("2001:db8:1:3::1"));
    }

    // R61
    #[test]
    fn ipv4_is_counted_whole_and_not_twice() {
        assert_ne!(address("192.0.2.1"), address("192.0.2.2"));
        assert_eq!(address("192.0.2.1"), address("::ffff:192.0.2.1"));
        assert_ne!(address("::ffff:192.0.2.1"), address("::ffff:192.0.2.2"));
    }

    #[test]
    fn a_principal_is_issuer_and_subject() {
        let alice = principal("https://a.example", None, "alice");
        assert_eq!(alice, principal("https://a.example", None, "alice"));
        assert_ne!(alice, principal("https://b.example", None, "alice"));
        assert_ne!(alice, principal("https://a.example", None, "bob"));
        assert_ne!(principal("ab", None, "c"), principal("a", None, "bc"));
    }

    // R37
    #[test]
    fn a_principal_of_two_tenants_is_two() {
        let of = |tenant| principal("https://a.example", tenant, "alice");
        assert_eq!(of(Some("acme")), of(Some("acme")));
        assert_ne!(of(Some("acme")), of(Some("globex")));
        assert_ne!(of(Some("acme")), of(None));
        let joined = principal("https://a.example", None, "acmealice");
        assert_ne!(of(Some("acme")), joined);
    }

    // R58
    #[test]
    fn no_form_of_a_key_names_anybody() {
        let text = format!("{:?} {:?}", principal("iss", None, "alice"), address("192.0.2.77"));
        assert_eq!(text, "LimitKey(principal) LimitKey(address)");
    }
}
