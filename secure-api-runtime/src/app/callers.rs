//! The parts of an app that say who is calling: issuers, proofs, sources of its own.

use super::{AppBuilder, builder::MakeSource};
use crate::{
    dpop::Dpop,
    identity::{Credential, Own, Source},
    token::Issuer,
};

impl AppBuilder {
    /// Adds an issuer whose tokens are accepted; there may be several.
    #[must_use]
    pub fn tokens(mut self, issuer: Issuer) -> Self {
        self.issuers.push(issuer);
        self
    }

    /// Takes access tokens that are bound to a key of their client's, each with a new proof of that key (RFC 9449). The tokens
    /// are those of the app's issuers.
    ///
    /// A proof is for one URL, so the app states its [`base_url`](Self::base_url), or does not start (SA180).
    #[must_use]
    pub fn dpop(mut self, dpop: Dpop) -> Self {
        self.dpop = Some(dpop);
        self
    }

    /// Adds a source of identity of your own: credentials of another kind than access tokens. There is one of each kind.
    #[must_use]
    pub fn source<S: Source>(mut self, source: S) -> Self {
        let (roles, tenants) = (self.api.roles, self.api.tenants);
        let make: MakeSource =
            Box::new(move |clock| Box::new(Own { source, roles, tenants, clock }));
        self.sources.push((S::Kind::KIND, make));
        self
    }
}
