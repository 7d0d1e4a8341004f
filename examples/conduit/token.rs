//! The tokens of the contract: sent as `Authorization: Token …`, a scheme of its own.
//!
//! A token is the id of a sign-in and its code by a key of the process (HMAC). The store has only the id, so nothing there signs
//! anybody in; and who shows a sign-in its own token again, as `GET /user` does, makes it anew.

use std::sync::Arc;

use aws_lc_rs::hmac;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use secure_api::{
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    prelude::*,
};

use crate::store::Db;

/// The issuer of these tokens, a part of everybody's id.
pub(crate) const ISSUER: &str = "https://conduit.example";

/// The seconds for which a token is good: the contract has no way to renew one.
pub(crate) const LIFETIME: i64 = 30 * 24 * 60 * 60;

/// The kind of credentials that the contract names.
pub(crate) enum Token {}

impl Credential for Token {
    const KIND: Kind = Kind::authorization("Token");
}

/// The key that tokens are made by. Clones are the same.
#[derive(Clone)]
pub(crate) struct TokenKey(Arc<hmac::Key>);

impl TokenKey {
    /// Makes a key, which ends with the process, as all sign-ins do.
    ///
    /// # Errors
    ///
    /// Where the system gives no randomness.
    pub(crate) fn generate() -> Result<Self, StoreError> {
        let mut bytes = [0; 32];
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| "the system gives no randomness")?;
        Ok(Self(Arc::new(hmac::Key::new(hmac::HMAC_SHA256, &bytes))))
    }

    /// Returns the token of a sign-in.
    pub(crate) fn token(&self, session: Uuid) -> String {
        let code = hmac::sign(&self.0, session.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode([&session.as_bytes()[..], code.as_ref()].concat())
    }

    /// Returns the sign-in of a token, if this key made it. The code is compared in constant time.
    fn session(&self, token: &[u8]) -> Option<Uuid> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let (session, code) = bytes.split_at_checked(16)?;
        hmac::verify(&self.0, session, code).ok()?;
        Uuid::from_slice(session).ok()
    }
}

/// The source that knows tokens.
pub(crate) struct Tokens {
    pub(crate) key: TokenKey,
    pub(crate) db: Db,
}

impl Tokens {
    fn known(&self, presented: &[u8]) -> Result<Principal, Refused> {
        let session =
            self.key.session(presented).ok_or(Refused::invalid("no token of this key"))?;
        let signed_in = self.db.signed_in(session).map_err(|_| Refused::unavailable("no store"))?;
        signed_in.ok_or(Refused::invalid("the sign-in is over"))
    }
}

impl Source for Tokens {
    type Kind = Token;

    async fn identify(&self, presented: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        self.known(presented)
    }

    async fn still(&self, presented: &[u8], _: &Head<'_>) -> Result<(), Refused> {
        self.known(presented).map(drop)
    }
}
