//! DPoP (RFC 9449): access tokens that are bound to a key of their client's, and are nothing without a new proof of it.
//!
//! With each request comes a proof: a signature over the method, the URL, the token, the time and an id that no other
//! proof has. Whoever copied the token, or a whole request out of a log, has no key and can make none.

mod jwk;
mod nonce;
mod proof;
mod refusal;
mod settings;
mod target;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use http::HeaderMap;

pub(crate) use self::nonce::{NONCE, Nonces};
pub use self::settings::Dpop;
use self::{
    proof::{Expected, Proof},
    refusal::Refusal,
};
use crate::{
    clock::Clock,
    identity::{AnySource, Confirmation, Declined, Head, Identified, Identity, Refused},
    ledger::AppLedger,
    token::Verifier,
};

/// The error of a proof that does not hold (RFC 9449, section 7.1).
const INVALID_PROOF: &str = "invalid_dpop_proof";
/// The error of a proof that lacks the nonce which comes with the answer (RFC 9449, section 9).
const USE_NONCE: &str = "use_dpop_nonce";

/// Returns `true` if a request brings a proof, whether it holds or not.
pub(crate) fn is_proved(headers: &HeaderMap) -> bool {
    headers.contains_key(proof::HEADER)
}

/// The source of identity that asks a proof besides the token.
pub(crate) struct Proofs {
    tokens: Arc<Verifier>,
    nonces: Option<Arc<Nonces>>,
    ledger: AppLedger,
    clock: Clock,
    /// The seconds that a proof is good for.
    window: i64,
}

impl Proofs {
    /// Creates the source that verifies tokens by this verifier.
    pub(crate) fn new(
        tokens: Arc<Verifier>,
        settings: &Dpop,
        nonces: Option<Arc<Nonces>>,
        ledger: AppLedger,
        clock: Clock,
    ) -> Self {
        Self { tokens, nonces, ledger, clock, window: settings.seconds() }
    }

    /// Identifies the caller: the token first, which says by which key; then the proof, by that key and no other; and only
    /// what is whole is asked for whether it was seen before.
    async fn identify(&self, token: &[u8], head: &Head<'_>) -> Result<Arc<Identity>, Declined> {
        let identity = self.tokens.verified(token).await?;
        let Some(Confirmation::Key(key)) = identity.confirmation() else {
            if crate::weakened::is("unbound") {
                return Ok(identity);
            }
            return Err(Refused::invalid(Refusal::Unbound).into());
        };
        let url = head.url().ok_or_else(|| Refused::unavailable(Refusal::NoUrl))?;
        let expected = Expected {
            method: head.method().as_str(),
            url: &url,
            token,
            key,
            now: self.clock.unix_seconds(),
            window: self.window,
        };
        if !is_proved(head.headers()) && crate::weakened::is("proof") {
            return Ok(identity);
        }
        let text = proof::presented(head.headers()).map_err(unproved)?;
        let proof = Proof::read(text, &expected).map_err(unproved)?;
        if let Some(nonces) = &self.nonces
            && !proof.nonce.as_deref().is_some_and(|nonce| nonces.accept(nonce))
            && !crate::weakened::is("proof-nonce")
        {
            let refused = Refused::invalid(Refusal::Nonce);
            return Err(Declined { error: USE_NONCE, refused });
        }
        let name = self.ledger.name(&["dpop", &proof.thumbprint, &proof.id]);
        // Longer than it is good for, by what the clock of another machine may be behind.
        let until = proof.issued_at.saturating_add(2 * self.window).saturating_add(1);
        // Of keys anybody can make as many as they want.
        let [issuer, tenant, subject] = identity.principal();
        let holder = self.ledger.name(&["dpop: caller", issuer, tenant, subject]);
        match self.ledger.first(name, holder, until).await {
            Ok(true) => Ok(identity),
            Ok(false) if crate::weakened::is("proof-again") => Ok(identity),
            Ok(false) => Err(unproved(Refusal::Seen)),
            Err(error) => Err(Refused::unavailable(error).into()),
        }
    }
}

/// Refuses a proof that does not hold.
fn unproved(why: Refusal) -> Declined {
    Declined { error: INVALID_PROOF, refused: Refused::invalid(why) }
}

impl AnySource for Proofs {
    fn identify<'a>(&'a self, presented: &'a [u8], head: &'a Head<'a>) -> Identified<'a> {
        Identified::Later(Box::pin(self.identify(presented, head)))
    }
}
