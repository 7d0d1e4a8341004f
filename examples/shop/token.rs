//! The shop's access tokens, and what it takes to make them.

use std::time::Duration;

use secure_api::{
    clock::Clock,
    prelude::*,
    token::{Claims, SignError, Signer},
};

use crate::account::Account;

/// The issuer of the shop's tokens. A real shop names its authorization server here, and has no key to sign with.
pub const ISSUER: &str = "https://shop.example";

/// The audience that names the shop in tokens for it.
pub const AUDIENCE: &str = "shop-api";

/// The claim that has the roles.
pub const ROLES_CLAIM: &str = "roles";

/// The class of an authentication by a one-time code, as the shop's tokens name it in `acr`.
pub const BY_CODE: &str = "urn:shop:one-time-code";

/// The method of it, in `amr` (RFC 8176).
pub const ONE_TIME_CODE: &str = "otp";

/// The lifetime of a token: short, since nothing takes it back.
const LIFETIME: Duration = Duration::from_secs(600);

/// Signs access tokens.
pub struct Tokens(Signer);

/// A token that was issued, as OAuth 2.0 has it (RFC 6749, section 5.1).
#[derive(Resource)]
#[view(IssuedToken, public, fields(
    #[allow(plain_secret, reason = "who signs in is given a token to sign in with")] access_token, token_type, expires_in))]
pub struct AccessToken {
    /// The token to send in `Authorization`, after `Bearer`.
    pub access_token: String,
    /// The scheme to send it with: `Bearer`.
    pub token_type: String,
    /// The lifetime in seconds.
    pub expires_in: u64,
}

/// Returns the issuer whose tokens the shop accepts, by the key that this signer signs with.
pub fn issuer(signer: &Signer) -> Issuer {
    Issuer::new(ISSUER).audience(AUDIENCE).roles_claim(ROLES_CLAIM).key(signer.key())
}

impl Tokens {
    /// Signs with this key.
    pub fn new(signer: Signer) -> Self {
        Self(signer)
    }

    /// Signs a token for the owner of an account.
    pub fn issue(&self, account: &Account, clock: &Clock) -> Result<AccessToken, SignError> {
        let claims = Claims::new(ISSUER, AUDIENCE, account.id.as_str())
            .client_id("development")
            .authenticated_at(clock.unix_seconds())
            .acr(BY_CODE)
            .amr([ONE_TIME_CODE])
            .roles([account.role.as_str()])
            .lifetime(LIFETIME);
        Ok(AccessToken {
            access_token: self.0.sign(&claims, clock)?,
            token_type: "Bearer".to_owned(),
            expires_in: LIFETIME.as_secs(),
        })
    }
}
