//! Keys: the client network, the principal or whatever else a request is charged to.
//!
//! A key holds neither a subject nor an issuer, only a keyed hash, so that a memory dump or a debug print of
//! what is counted names nobody.

use std::{
    fmt,
    hash::{Hash, Hasher},
    net::IpAddr,
};

use super::{Notes, Unit};
use crate::{
    fingerprint::{Fingerprint, fingerprint, short},
    identity::{API_KEY, Identity},
    ledger::{AppLedger, Name},
};

/// The key of what one client network has spent.
///
/// It is the same for the life of the process. It is keyed at random: a caller that chooses its address does not choose the
/// place of what it spends.
#[derive(Clone, Copy)]
pub(crate) struct AddressKey {
    hash: Fingerprint,
    network: Network,
}

#[derive(Clone, Copy)]
enum Network {
    V4([u8; 4]),
    /// The first 64 bits: what one subscriber is commonly given, and so can change at will below.
    V6([u8; 8]),
}

impl AddressKey {
    /// Creates the key of a client address: an IPv4 address whole, an IPv6 one by its /64. An IPv4 address that was
    /// mapped into IPv6 (`::ffff:192.0.2.1`) or translated (`64:ff9b::192.0.2.1`) is that IPv4 address: of a translator all
    /// clients would be one.
    pub(crate) fn address(address: IpAddr) -> Self {
        match translated(address).unwrap_or(address.to_canonical()) {
            IpAddr::V4(address) => {
                let octets = address.octets();
                Self { hash: short(&octets), network: Network::V4(octets) }
            }
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, g, h, ..] = address.octets();
                let octets = [a, b, c, d, e, f, g, h];
                Self { hash: short(&octets), network: Network::V6(octets) }
            }
        }
    }

    /// Returns half of the hash, for whoever counts something else of an address.
    pub(crate) fn half(&self) -> u64 {
        self.hash.half()
    }

    /// Returns the keys of the wider networks that an IPv6 address is in, its /56 and its /48.
    pub(super) fn wider(&self) -> Option<[Fingerprint; 2]> {
        let Network::V6(octets) = self.network else { return None };
        Some([short(&octets[..7]), short(&octets[..6])])
    }
}

/// Returns the address of IPv4 that a translator wrote into one of IPv6 (RFC 6052, section 2.1).
fn translated(address: IpAddr) -> Option<IpAddr> {
    let IpAddr::V6(address) = address else { return None };
    match address.octets() {
        [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, rest @ ..] => Some(rest.into()),
        _ => None,
    }
}

/// Networks as a ledger names them: of an IPv6 address its /64, its /56 and its /48, of an IPv4 address itself.
fn names(network: Network, ledger: &AppLedger) -> ([Name; 3], usize) {
    let name = |octets: &[u8]| {
        let text: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
        ledger.name(&["address", &text])
    };
    match network {
        Network::V4(octets) => ([name(&octets); 3], 1),
        Network::V6(octets) => ([name(&octets), name(&octets[..7]), name(&octets[..6])], 3),
    }
}

/// The caller of a request, as its limits count it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Who<'a> {
    pub(crate) address: AddressKey,
    /// The caller, who proved to be somebody.
    pub(crate) identity: Option<&'a Identity>,
    /// The notes of its input, once that is read.
    pub(crate) notes: Option<&'a Notes>,
}

/// The names that a caller is counted by in a ledger.
pub(super) struct Named {
    /// The caller's name, and for an address of IPv6 those of its wider networks.
    pub(super) names: [Name; 3],
    pub(super) count: usize,
    pub(super) slot: Name,
}

impl<'a> Who<'a> {
    /// Creates the caller of a request of whom no more is known than its address.
    pub(crate) fn at(address: AddressKey) -> Self {
        Self { address, identity: None, notes: None }
    }

    /// Returns the key of what it has spent of a limit that counts by this unit.
    pub(super) fn key(&self, unit: Unit) -> Fingerprint {
        let Some(identity) = self.identity else {
            return match unit {
                Unit::Route | Unit::Api => Fingerprint::default(),
                _ => self.address.hash,
            };
        };
        match (unit, texts(unit, identity)) {
            (Unit::Client | Unit::ApiKey, _) if crate::weakened::is("limit-by-client") => {
                identity.fingerprint()
            }
            (Unit::Address, _) => self.address.hash,
            (Unit::Route | Unit::Api, _) => Fingerprint::default(),
            (_, Some(texts)) => fingerprint(&texts),
            (_, None) => identity.fingerprint(),
        }
    }

    /// Returns the name under which machines know the caller, and the slot that it is in.
    pub(crate) fn in_common(&self, ledger: &AppLedger) -> (Name, Name) {
        let Named { names: [name, ..], slot, .. } = self.named(Unit::Principal, ledger);
        (name, slot)
    }

    /// Returns the names under which a ledger counts it for a limit that counts by this unit.
    pub(super) fn named(&self, unit: Unit, ledger: &AppLedger) -> Named {
        let one = |name: Name, slot: Name| Named { names: [name; 3], count: 1, slot };
        match (unit, self.identity) {
            (Unit::Route | Unit::Api, _) => {
                let all = ledger.name(&["everybody"]);
                one(all, all)
            }
            (Unit::Address, _) | (_, None) => {
                let (names, count) = names(self.address.network, ledger);
                Named { names, count, slot: names[count - 1] }
            }
            (_, Some(identity)) => {
                let [issuer, tenant, subject] = identity.principal();
                let principal = || ledger.name(&["principal", issuer, tenant, subject]);
                // What is counted of one tenant is in one place.
                let of_tenant = || ledger.name(&["tenant", issuer, tenant]);
                match texts(unit, identity) {
                    Some(texts) => one(ledger.name(&texts), ledger.name(&texts)),
                    None if tenant.is_empty() => one(principal(), principal()),
                    None => one(principal(), of_tenant()),
                }
            }
        }
    }
}

impl Named {
    /// Returns the names of a value of an input field, which is one.
    pub(super) fn of_value(text: &str, ledger: &AppLedger) -> Self {
        let name = ledger.name(&["field", text]);
        Self { names: [name; 3], count: 1, slot: name }
    }
}

/// Returns the texts that name the unit which a caller is of; `None` where that is the caller itself.
fn texts(unit: Unit, identity: &Identity) -> Option<[&str; 3]> {
    match unit {
        Unit::Tenant => Some(["tenant", identity.issuer(), identity.tenant()?]),
        Unit::Client => Some(["client", identity.issuer(), identity.client_id()?]),
        Unit::ApiKey if identity.kind().name() == API_KEY => {
            Some(["api-key", identity.issuer(), identity.token_id()?])
        }
        _ => None,
    }
}

impl PartialEq for AddressKey {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for AddressKey {}

impl Hash for AddressKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl fmt::Debug for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(issuer: &str, tenant: Option<&str>, subject: &str) -> Fingerprint {
        let identity = Identity::new(issuer.into(), tenant, subject, 0, 0);
        Who { identity: Some(&identity), ..Who::at(address("192.0.2.1")) }.key(Unit::Principal)
    }

    fn address(text: &str) -> AddressKey {
        AddressKey::address(text.parse().expect("an address"))
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
        assert_eq!(address("192.0.2.1"), address("64:ff9b::192.0.2.1"));
        assert_ne!(address("64:ff9b::192.0.2.1"), address("64:ff9b::192.0.2.2"));
        assert_eq!(address("64:ff9b::1:192.0.2.1"), address("64:ff9b::2:192.0.2.1"));
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
        assert_eq!(format!("{:?}", address("192.0.2.77")), "AddressKey");
    }
}
