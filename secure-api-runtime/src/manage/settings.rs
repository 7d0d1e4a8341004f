//! The settings of the management listener: its address, its credentials, its names.

use std::{fmt, net::ToSocketAddrs};

use crate::{
    error::StartProblem,
    secret::{self, NamesOrigin, SecretBytes},
    serve::Addresses,
};

/// The management listener of an app: `/console`, `/inventory`, `/metrics`, `/livez` and `/readyz`, on a socket of their own.
///
/// Nothing of it is reached through the socket that callers have. On this machine it needs no credentials; elsewhere the app does not
/// start without [`token`](Self::token). It is encrypted as the app is.
///
/// ```no_run
/// use secure_api::{manage::Manage, prelude::*, secret::SecretBytes};
///
/// # #[derive(Role)] enum Role { Member }
/// # #[derive(Version)] enum Version { V1 }
/// # /// Says hello.
/// # #[post("/hello", version = Version::V1.., public = "it greets everybody")]
/// # async fn hello() -> Accepted { Accepted }
/// # #[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(hello))]
/// # struct House;
/// # fn main() -> Result<(), StartError> {
/// let here = House::app().manage(Manage::at("127.0.0.1:9443"));
/// let elsewhere = Manage::at("10.0.0.7:9443").token(SecretBytes::env("HOUSE_MANAGE_TOKEN"));
/// # drop((here, elsewhere));
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Manage {
    pub(super) addresses: Addresses,
    pub(super) token: Option<SecretBytes>,
    pub(super) hosts: Vec<String>,
}

impl Manage {
    /// Begins a listener on this address: a host and a port, as `"127.0.0.1:9443"`. A name is looked up here, once. Port 0 lets the
    /// machine choose one.
    pub fn at(address: impl ToSocketAddrs + fmt::Debug) -> Self {
        Self { addresses: Addresses::look_up_now(address), token: None, hosts: Vec::new() }
    }

    /// Demands this token for all but `/livez` and `/readyz`: as `Authorization: Bearer`, or as the password of `Basic`, which
    /// browsers ask for. It has 32 bytes at least, and says where it comes from (SA176).
    #[must_use]
    pub fn token(mut self, token: impl NamesOrigin) -> Self {
        self.token = Some(token.secret());
        self
    }

    /// Adds a name that the listener is asked by, as `shop.internal`. Without any it is asked by its address, or as `localhost`: a
    /// name that somebody else gives this machine is not ours, so no page of a browser reaches it by one.
    #[must_use]
    pub fn host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// Moves it to another address.
    pub(crate) fn moved_to(self, address: &str) -> Self {
        Self { addresses: Addresses::look_up_now(address), ..self }
    }

    /// Sets the names that it is asked by.
    pub(crate) fn with_hosts(self, hosts: Vec<String>) -> Self {
        Self { hosts, ..self }
    }

    /// Returns the names that it is asked by.
    pub(crate) fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// Returns `true` if it asks for a token.
    pub(crate) fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// Returns what keeps an app from starting with it.
    pub(crate) fn problems(&self) -> Vec<StartProblem> {
        let mut problems = Vec::new();
        if let Some(address) = self.addresses.reachable().filter(|_| self.token.is_none()) {
            problems.push(StartProblem {
                code: "SA227",
                text: format!(
                    "the management listener is on {address}, which others can reach, and asks nobody for credentials"
                ),
                help: "write `Manage::at(…).token(SecretBytes::env(\"MANAGE_TOKEN\"))`, or `manage.token` into the configuration, or manage the app on 127.0.0.1 or [::1]",
            });
        }
        if let Some(token) = &self.token {
            let is_short = token.unread().is_none() && token.expose().len() < secret::SHORTEST;
            match is_short {
                true => problems.push(StartProblem {
                    code: "SA228",
                    text: "the token of the management listener has fewer than 32 bytes".to_owned(),
                    help: "put the text there that `openssl rand -base64 32` prints",
                }),
                false => problems.extend(token.unfit().map(StartProblem::of)),
            }
        }
        problems.extend(self.addresses.problem());
        problems
    }
}
