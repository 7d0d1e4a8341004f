//! A kind of credentials of the app's own: the badges of couriers.

use secure_api::identity::{Credential, Head, Kind, Principal, Refused, Source};

/// The issuer that vouches for lockers, visitors and badges.
pub(crate) const PKI: &str = "https://pki.parcels.example";

/// The badge of a courier, as the reader at a locker reads it.
pub(crate) enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}

/// The source that knows badges.
pub(crate) struct Badges;

impl Source for Badges {
    type Kind = Badge;

    async fn identify(&self, presented: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        match presented {
            b"badge-7" => Ok(Principal::new(PKI, "badge-7").roles(["courier"])),
            _ => Err(Refused::invalid("nobody has this badge")),
        }
    }
}
