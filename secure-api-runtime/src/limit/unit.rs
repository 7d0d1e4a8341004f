//! Units: whose requests are counted together.

use serde::{Deserialize, Serialize};

/// The unit whose requests are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A client address: an IPv4 address, or the /64 of an IPv6 one; and, four and sixteen times as often, its /56 and its /48.
    Address,
    /// A caller, by issuer, tenant and subject; on a public route without a caller, the address.
    Principal,
    /// A tenant of an issuer.
    Tenant,
    /// An API key.
    ApiKey,
    /// An OAuth client.
    Client,
    /// A value of an input field.
    Field,
    /// An operation.
    Route,
    /// All operations that have the limit.
    Api,
    /// Nobody's: there is no limit.
    Unlimited,
}

/// The moment at which limits are charged: as soon as what they count is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The moment before credentials are looked at.
    Address,
    /// The moment at which the caller is known.
    Caller,
    /// The moment at which the input is read.
    Input,
}

impl Unit {
    /// All units, in the order of their stages.
    pub const ALL: [Self; 9] = [
        Self::Address,
        Self::Principal,
        Self::Tenant,
        Self::ApiKey,
        Self::Client,
        Self::Field,
        Self::Route,
        Self::Api,
        Self::Unlimited,
    ];

    /// Returns its name as headers, documents and tables have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Principal => "principal",
            Self::Tenant => "tenant",
            Self::ApiKey => "api-key",
            Self::Client => "client",
            Self::Field => "field",
            Self::Route => "route",
            Self::Api => "api",
            Self::Unlimited => "unlimited",
        }
    }
}
