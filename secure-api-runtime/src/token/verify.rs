//! The verification of a request's credentials: from its headers to an identity, or to a refusal.

use std::{collections::HashMap, fmt, sync::Arc};

use http::{
    HeaderMap,
    header::{AUTHORIZATION, HeaderValue},
};

use crate::{
    clock::Clock,
    error::{Problem, StartProblem},
    fingerprint::fingerprint,
    role::RoleTable,
};

use super::{
    Identity, Issuer, Revocations,
    cache::Remembered,
    challenge::{invalid_request, invalid_token, other_scheme},
    claims,
    issuer::Trusted,
    jwt::{self, Jwt},
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
    revocations: Revocations,
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
        let revocations = Revocations::new(clock.clone());
        Ok(Self { issuers: trusted, roles, clock, remembered: Remembered::new(), revocations })
    }

    /// Authenticates the caller of a request. `None` means that there are no credentials; any that are there and do not
    /// hold are a problem: 401 with a challenge, or 400 where they are in the query or come twice. The problem's cause
    /// is for the log and contains nothing of the token.
    pub fn authenticate(
        &self,
        headers: &HeaderMap,
        query: Option<&str>,
    ) -> Result<Option<Arc<Identity>>, Problem> {
        if query.is_some_and(has_token) {
            return Err(invalid_request(Refusal::Query));
        }
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(invalid_request(Refusal::Transports));
        }
        match bearer(value) {
            Ok(token) => self.verify(token).map(Some).map_err(invalid_token),
            Err(Refusal::Scheme) => Err(other_scheme()),
            Err(refusal) => Err(invalid_token(refusal)),
        }
    }

    /// Returns the revocations. A clone can be a collaborator of the handlers that log people out.
    pub fn revocations(&self) -> &Revocations {
        &self.revocations
    }

    /// Verifies a token. One that was verified before is found by its hash alone; its end and its
    /// revocation are asked each time.
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
        self.revocations.check(&identity)?;
        Ok(identity)
    }

    /// Proves a token: form, issuer, key, algorithm, signature, claims. What the token says of itself up to the
    /// signature only selects among what is configured.
    fn prove(&self, token: &str, now: i64) -> Result<Identity, Refusal> {
        let jwt = Jwt::parse(token)?;
        let issuer = jwt.claims.get("iss").and_then(|issuer| issuer.as_str());
        let issuer = issuer.and_then(|name| self.issuers.get(name)).ok_or(Refusal::Issuer)?;
        let key = issuer.keys.find(jwt.key_id.as_deref()).ok_or(Refusal::NoKey)?;
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

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("issuers", &self.issuers.keys()).finish_non_exhaustive()
    }
}

/// Returns the bytes after `Bearer` in `Authorization`. The scheme's name knows no case (RFC 9110, section 11.1).
fn bearer(value: &HeaderValue) -> Result<&[u8], Refusal> {
    let value = value.as_bytes();
    let end = value.iter().position(|byte| *byte == b' ').unwrap_or(value.len());
    let (scheme, token) = value.split_at(end);
    if !scheme.eq_ignore_ascii_case(b"bearer") {
        return Err(Refusal::Scheme);
    }
    Ok(token.trim_ascii_start())
}

/// Returns the same as text, if it can be one token: visible ASCII without separators.
fn plain(token: &[u8]) -> Result<&str, Refusal> {
    let visible = |byte: &u8| byte.is_ascii_graphic() && *byte != b',';
    let token = std::str::from_utf8(token).ok().filter(|token| !token.is_empty());
    token.filter(|token| token.as_bytes().iter().all(visible)).ok_or(Refusal::Credentials)
}

/// Returns `true` if a token is in the query. RFC 6750, section 2.3, is not offered: a query string ends up in logs and
/// histories.
fn has_token(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "access_token")
}
