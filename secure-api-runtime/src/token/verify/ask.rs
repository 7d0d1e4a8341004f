//! Tokens that cannot be told at once: their issuer is asked.

use std::sync::Arc;

use super::Verifier;
#[cfg(feature = "discovery")]
use super::{HashMap, Proof, Trusted, claims, fingerprint, known_by, plain};
#[cfg(feature = "discovery")]
use crate::error::StartProblem;
use crate::{
    identity::{Identity, Refused},
    token::refusal::{Refusal, Unverified},
};

impl Verifier {
    /// Returns the identity that a token proves, once its issuer was asked for what was missing.
    pub(super) async fn later(
        &self,
        token: &[u8],
        why: Unverified,
    ) -> Result<Arc<Identity>, Refused> {
        match why {
            #[cfg(feature = "discovery")]
            Unverified::Later(flight) => {
                flight.landed().await;
                Ok(self.verify(token, true)?)
            }
            #[cfg(feature = "discovery")]
            Unverified::Ask => Ok(self.introspected(token).await?),
            Unverified::Own => {
                self.look().await?;
                Ok(self.verify(token, true)?)
            }
            known => Err(known.into()),
        }
    }

    /// Returns what becomes of a token that is no JWT: an issuer that can read it is asked, if there is one.
    pub(super) fn unread(&self, why: Refusal) -> Unverified {
        #[cfg(feature = "discovery")]
        if matches!(why, Refusal::NotCompact | Refusal::Header)
            && self.issuers.values().any(|issuer| issuer.introspection.is_some())
        {
            return Unverified::Ask;
        }
        why.into()
    }

    /// Asks the one issuer that is asked about tokens, and holds its answer against what is asked of claims.
    #[cfg(feature = "discovery")]
    async fn introspected(&self, token: &[u8]) -> Result<Arc<Identity>, Unverified> {
        let mut issuers = self.issuers.values();
        let asked = issuers.find_map(|issuer| Some((issuer, issuer.introspection.as_ref()?)));
        let (issuer, introspection) = asked.ok_or(Refusal::Issuer)?;
        let fingerprint = fingerprint(&[token]);
        let claims = introspection.ask(plain(token)?, fingerprint).await?;
        let now = self.clock.unix_seconds();
        let identity = claims::introspected(&claims, issuer, self.roles, now)?;
        let identity = Arc::new(known_by(identity, token));
        let until = now.saturating_add(introspection.remembered);
        let proof = Proof::new(Arc::clone(&identity), None).until(until);
        self.remembered.insert(fingerprint, proof, now);
        Ok(identity)
    }
}

/// Checks that one issuer at most is asked about tokens that do not say which they are of.
#[cfg(feature = "discovery")]
pub(super) fn check(issuers: &HashMap<Arc<str>, Trusted>, problems: &mut Vec<StartProblem>) {
    if issuers.values().filter(|issuer| issuer.introspection.is_some()).count() > 1 {
        problems.push(StartProblem {
            code: "SA175",
            text: "two issuers are asked about tokens that are no JWT".to_owned(),
            help: "keep `.introspect(…)` on one of them: such a token does not say which it is of",
        });
    }
}
