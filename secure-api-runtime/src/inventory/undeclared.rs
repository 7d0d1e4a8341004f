//! A path that was asked for and that nobody declared, as an app has seen it or as a log has it.

use serde::{Deserialize, Serialize};

use super::live::fits;

/// A path that was asked for and that nobody declared. Times are seconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndeclaredPath {
    /// The method.
    pub method: String,
    /// The path, as `/v1/orders/{id}`.
    pub path: String,
    /// The number of requests.
    pub calls: u64,
    /// The number of those that something answered: with what was asked for, or with an error of its own. An app sees those alone that
    /// it does not answer, so of a live inventory it is 0.
    #[serde(default)]
    pub answered: u64,
    /// The number of its clients, two at most: more are not told apart.
    pub clients: u8,
    /// The keyed hash of the client that asked first. A log has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// The keyed hash of that client's network: 24 bits of an IPv4 address, 48 of an IPv6 one. One that has many paths here gives way
    /// with its newest ones first. A log has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// The time of the first request.
    #[serde(with = "crate::clock::rfc3339")]
    pub first: i64,
    /// The time of the last one.
    #[serde(with = "crate::clock::rfc3339")]
    pub last: i64,
    /// `true` if it is what scanners ask every server for. Of a log these are a number, and none is listed.
    #[serde(default)]
    pub noise: bool,
}

impl UndeclaredPath {
    /// Returns `true` for a shadow: something answers it, or two clients at least ask for it, and it is not what scanners look for
    /// everywhere.
    pub fn is_shadow(&self) -> bool {
        !self.noise && (self.answered > 0 || self.clients > 1)
    }

    /// Returns `true` if requests for this path of a document, as `/v1/orders/{order}`, are among these.
    pub fn is_of(&self, declared: &str) -> bool {
        fits(declared, &self.path)
    }

    /// Adds other requests for the same path. Two counts become one by this function.
    pub(super) fn join(&mut self, other: &Self, counts: impl Fn(u64, u64) -> u64) {
        self.calls = counts(self.calls, other.calls);
        self.answered = counts(self.answered, other.answered);
        self.noise &= other.noise;
        self.clients = match (&self.client, &other.client) {
            (Some(one), Some(other)) if one != other => 2,
            _ => self.clients.max(other.clients),
        };
        self.client = self.client.take().or_else(|| other.client.clone());
        self.network = self.network.take().or_else(|| other.network.clone());
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}
