//! The verification of access tokens: from their bytes to an identity, or to a refusal.

use std::{collections::HashMap, fmt, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    clock::Clock,
    error::StartProblem,
    fingerprint::fingerprint,
    identity::{
        AnySource, Confirmation, Declined, Head, Identified, Identity, Refused, same, thumbprint,
    },
    role::RoleTable,
};

#[cfg(feature = "discovery")]
use super::issuer::Keys;
use super::{
    Issuer,
    cache::{Proof, Remembered},
    claims,
    issuer::{Surroundings, Trusted},
    jwt::{self, Jwt},
    own::OwnKeys,
    refusal::{Refusal, Unverified},
};

mod ask;

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
        let surroundings = Surroundings::new(tenants, &clock);
        for issuer in issuers {
            let Some(issuer) = issuer.check(&surroundings, &mut problems) else { continue };
            let name = Arc::clone(&issuer.name);
            if trusted.insert(Arc::clone(&name), issuer).is_some() {
                problems.push(StartProblem {
                    code: "SA157",
                    text: format!("the issuer {name} is stated twice"),
                    help: "state it once, with all its keys",
                });
            }
        }
        #[cfg(feature = "discovery")]
        ask::check(&trusted, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self { issuers: trusted, roles, clock, remembered: Remembered::new(), own })
    }

    /// Returns the identity that a token proves, whatever it is bound to.
    pub(crate) async fn verified(&self, token: &[u8]) -> Result<Arc<Identity>, Refused> {
        match self.verify(token, false) {
            Ok(identity) => Ok(identity),
            Err(why) => self.later(token, why).await,
        }
    }

    /// Looks for the app's own keys that another machine has made.
    async fn look(&self) -> Result<(), Refused> {
        match &self.own {
            Some(own) => own.look().await.map_err(Refused::unavailable),
            None => Ok(()),
        }
    }

    /// Verifies a token. One that was verified before is found by its hash alone; its end is asked each time. `looked` says that
    /// its issuer was asked for what was missing.
    fn verify(&self, token: &[u8], looked: bool) -> Result<Arc<Identity>, Unverified> {
        if token.len() > jwt::MAX_LENGTH {
            return Err(Refusal::TooLong.into());
        }
        let now = self.clock.unix_seconds();
        let fingerprint = fingerprint(&[token]);
        if let Some(identity) = self.remembered.get(&fingerprint, now) {
            return Ok(identity);
        }
        let proof = self.prove(plain(token)?, looked, now)?;
        let identity = Arc::clone(&proof.identity);
        self.remembered.insert(fingerprint, proof, now);
        Ok(identity)
    }

    /// Proves a token: form, issuer, key, algorithm, signature, claims. What the token says of itself up to the
    /// signature only selects among what is configured.
    fn prove(&self, token: &str, looked: bool, now: i64) -> Result<Proof, Unverified> {
        let jwt = Jwt::parse(token).map_err(|why| self.unread(why))?;
        let issuer = jwt.claims.get("iss").and_then(|issuer| issuer.as_str());
        let issuer = issuer.and_then(|name| self.issuers.get(name)).ok_or(Refusal::Issuer)?;
        #[cfg(feature = "discovery")]
        if matches!(issuer.keys, Keys::None) {
            return Err(Unverified::Ask);
        }
        if !jwt.typed {
            claims::untyped(&jwt.claims, issuer)?;
        }
        let found = issuer.keys.find(jwt.key_id.as_deref(), looked)?;
        let key = found.key();
        if !key.is_for(&jwt.algorithm) {
            return Err(Refusal::Algorithm.into());
        }
        if !key.verifies(jwt.signed, &jwt.signature) && !crate::weakened::is("signature") {
            return Err(Refusal::Signature.into());
        }
        let identity = claims::identify(&jwt.claims, issuer, self.roles, now)?;
        Ok(Proof::new(Arc::new(known_by(identity, jwt.signed)), found.vouched()))
    }
}

/// Returns an identity with an id to be revoked by. Where its token has no `jti` that is the digest of what was signed: of
/// signatures there may be many for one text, and of an opaque token there is nothing but the text.
fn known_by(identity: Identity, text: &[u8]) -> Identity {
    if identity.token_id().is_some() {
        return identity;
    }
    let digest = URL_SAFE_NO_PAD.encode(thumbprint(text));
    identity.with_token_id(Some(&format!("sha-256:{digest}")))
}

/// The verifier is shared by tokens that are bearer tokens and those that come with a proof.
impl AnySource for Arc<Verifier> {
    fn identify<'a>(&'a self, presented: &'a [u8], head: &'a Head<'a>) -> Identified<'a> {
        match self.verify(presented, false) {
            Ok(identity) => Identified::Now(borne(identity, head)),
            #[cfg(feature = "discovery")]
            Err(why @ (Unverified::Later(_) | Unverified::Ask)) => {
                Identified::Later(Box::pin(async move {
                    borne(self.later(presented, why).await?, head)
                }))
            }
            // Another machine may have made it just now.
            Err(why @ Unverified::Own) => Identified::Later(Box::pin(async move {
                borne(self.later(presented, why).await?, head)
            })),
            Err(why) => Identified::Now(Err(Refused::from(why).into())),
        }
    }

    fn is_ready(&self) -> bool {
        self.issuers.values().all(|issuer| issuer.keys.are_there())
    }

    fn remembered(&self) -> usize {
        self.remembered.len()
    }

    fn start(&self) {
        self.issuers.values().for_each(|issuer| issuer.keys.start());
    }
}

/// Refuses a token that is bound to a key which its bearer did not prove to have: a copy of it is nothing (RFC 9449, section
/// 7.2; RFC 8705, section 3).
fn borne(identity: Arc<Identity>, head: &Head<'_>) -> Result<Arc<Identity>, Declined> {
    let refusal = match identity.confirmation() {
        None => return Ok(identity),
        Some(_) if crate::weakened::is("bound") => return Ok(identity),
        Some(Confirmation::Key(_)) => Refusal::Unproved,
        Some(Confirmation::Certificate(bound)) => match head.certificate() {
            Some(certificate) if same(bound, certificate.thumbprint()) => return Ok(identity),
            _ => Refusal::OtherCertificate,
        },
    };
    Err(Refused::invalid(refusal).into())
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
