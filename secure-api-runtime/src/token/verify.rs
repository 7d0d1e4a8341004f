//! The verification of access tokens: from their bytes to an identity, or to a refusal.

use std::{collections::HashMap, fmt, sync::Arc};

use crate::{
    clock::Clock,
    error::StartProblem,
    fingerprint::fingerprint,
    identity::{AnySource, Head, Identified, Identity, Refused},
    role::RoleTable,
};

use super::{
    Issuer,
    cache::Remembered,
    claims,
    issuer::Trusted,
    jwt::{self, Jwt},
    own::OwnKeys,
    refusal::Refusal,
};

/// The verifier of an app's tokens, with all its issuers.
///
/// A verified token is remembered, 10 000 of them, until its `exp` or until it is revoked; what did not
/// verify is not.
pub struct Verifier {
    issuers: HashMap<Arc<str>, Trusted>,
    roles: &'static RoleTable,
    clock: Clock,
    remembered: Remembered,
    /// The app's own keys, if it signs its own users in.
    own: Option<Arc<OwnKeys>>,
}

impl Verifier {
    /// Creates a verifier of these issuers' tokens, or returns everything that is wrong with them.
    pub fn new(
        issuers: Vec<Issuer>,
        roles: &'static RoleTable,
        clock: Clock,
    ) -> Result<Self, Vec<StartProblem>> {
        Self::of(issuers, roles, false, clock)
    }

    /// Creates the same for an API whose callers each have a tenant.
    pub fn with_tenants(
        issuers: Vec<Issuer>,
        roles: &'static RoleTable,
        clock: Clock,
    ) -> Result<Self, Vec<StartProblem>> {
        Self::of(issuers, roles, true, clock)
    }

    fn of(
        issuers: Vec<Issuer>,
        roles: &'static RoleTable,
        tenants: bool,
        clock: Clock,
    ) -> Result<Self, Vec<StartProblem>> {
        let mut problems = Vec::new();
        let mut trusted = HashMap::new();
        let own = issuers.iter().find_map(|issuer| issuer.own.clone());
        for issuer in issuers {
            let Some(issuer) = issuer.check(tenants, &mut problems) else { continue };
            let name = Arc::clone(&issuer.name);
            if trusted.insert(Arc::clone(&name), issuer).is_some() {
                problems.push(StartProblem {
                    code: "SA157",
                    text: format!("the issuer {name} is stated twice"),
                    help: "state it once, with all its keys",
                });
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self { issuers: trusted, roles, clock, remembered: Remembered::new(), own })
    }

    /// Verifies a token. One that was verified before is found by its hash alone; its end is asked each time.
    fn verify(&self, token: &[u8]) -> Result<Arc<Identity>, Refusal> {
        if token.len() > jwt::MAX_LENGTH {
            return Err(Refusal::TooLong);
        }
        let now = self.clock.unix_seconds();
        let fingerprint = fingerprint(&[token]);
        let identity = match self.remembered.get(&fingerprint, now) {
            Some(identity) => identity,
            None => {
                let identity = Arc::new(self.prove(plain(token)?, now)?);
                self.remembered.insert(fingerprint, &identity, now);
                identity
            }
        };
        Ok(identity)
    }

    /// Proves a token: form, issuer, key, algorithm, signature, claims. What the token says of itself up to the
    /// signature only selects among what is configured.
    fn prove(&self, token: &str, now: i64) -> Result<Identity, Refusal> {
        let jwt = Jwt::parse(token)?;
        let issuer = jwt.claims.get("iss").and_then(|issuer| issuer.as_str());
        let issuer = issuer.and_then(|name| self.issuers.get(name)).ok_or(Refusal::Issuer)?;
        let found = issuer.keys.find(jwt.key_id.as_deref())?;
        let key = found.key();
        if !key.is_for(&jwt.algorithm) {
            return Err(Refusal::Algorithm);
        }
        if !key.verifies(jwt.signed, &jwt.signature) {
            return Err(Refusal::Signature);
        }
        claims::identify(&jwt.claims, issuer, self.roles, now)
    }

    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.remembered.len()
    }
}

impl AnySource for Verifier {
    fn identify<'a>(&'a self, presented: &'a [u8], _: &'a Head<'a>) -> Identified<'a> {
        match (self.verify(presented), &self.own) {
            // Another machine may have made it just now.
            (Err(Refusal::OwnKey), Some(own)) => Identified::Later(Box::pin(async move {
                own.look().await.map_err(Refused::unavailable)?;
                self.verify(presented).map_err(Refused::invalid)
            })),
            (known, _) => Identified::Now(known.map_err(Refused::invalid)),
        }
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("issuers", &self.issuers.keys()).finish_non_exhaustive()
    }
}

/// Returns the bytes as text, if they can be one token: visible ASCII without separators.
fn plain(token: &[u8]) -> Result<&str, Refusal> {
    let visible = |byte: &u8| byte.is_ascii_graphic() && *byte != b',';
    let token = std::str::from_utf8(token).ok().filter(|token| !token.is_empty());
    token.filter(|token| token.as_bytes().iter().all(visible)).ok_or(Refusal::Credentials)
}
