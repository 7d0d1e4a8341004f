//! The signals: what the stages know of a request that was not as it should be.

/// A reason to look at a caller. Each is counted apart, and a counter forgets half in its half-life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signal {
    /// Credentials that do not hold: a password, a code, a key.
    Credentials,
    /// An identity that was tried without success, once for each.
    Identities,
    /// An address from which an account was tried without success, once for each: a signal of the account that is tried.
    Addresses,
    /// A path that nothing answers, once for each.
    Missing,
    /// An object that the caller may not have or that is not there, once for each.
    Objects,
    /// An input that breaks rules, once for each set of rules and places.
    Invalid,
    /// A step without the step before it.
    Order,
    /// A refusal by a limit.
    Quota,
    /// A call beyond what callers of the route do in a minute.
    Pace,
    /// A token that nobody issued for this: forged, of another audience, a proof used again.
    Tokens,
    /// A request that is not even one.
    Malformed,
}

/// The number of signals.
pub const SIGNALS: usize = 11;

/// The number of signals of which only distinct ones count.
pub(super) const SKETCHED: usize = 5;

impl Signal {
    /// All of them, in the order of their counters.
    pub const ALL: [Self; SIGNALS] = [
        Self::Credentials,
        Self::Identities,
        Self::Addresses,
        Self::Missing,
        Self::Objects,
        Self::Invalid,
        Self::Order,
        Self::Quota,
        Self::Pace,
        Self::Tokens,
        Self::Malformed,
    ];

    /// Returns its name in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::Identities => "identities",
            Self::Addresses => "addresses",
            Self::Missing => "missing",
            Self::Objects => "objects",
            Self::Invalid => "invalid",
            Self::Order => "order",
            Self::Quota => "quota",
            Self::Pace => "pace",
            Self::Tokens => "tokens",
            Self::Malformed => "malformed",
        }
    }

    /// Returns the place of its counter.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Returns the place of its sketch, if only distinct ones count: whoever asks again for the same dead link looks for
    /// nothing.
    pub(super) const fn sketch(self) -> Option<usize> {
        match self {
            Self::Identities => Some(0),
            Self::Missing => Some(1),
            Self::Objects => Some(2),
            Self::Invalid => Some(3),
            Self::Addresses => Some(4),
            Self::Credentials
            | Self::Order
            | Self::Quota
            | Self::Pace
            | Self::Tokens
            | Self::Malformed => None,
        }
    }
}
