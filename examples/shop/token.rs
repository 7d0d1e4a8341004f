//! The shop's tokens: it signs its customers in itself.

use secure_api::{
    prelude::*,
    sign_in::{Issued, SignIn, TokenGrant},
    token::Signer,
};

use crate::account::Account;

/// The issuer of the shop's tokens: the shop itself.
pub const ISSUER: &str = "https://shop.example";

/// The audience that names the shop in tokens for it.
pub const AUDIENCE: &str = "shop-api";

/// The program that holds the tokens.
pub const CLIENT: &str = "shop-web";

/// The client of tokens that the shop's command signs.
pub const DEVELOPMENT: &str = "development";

/// The class of an authentication by a one-time code, as the shop's tokens name it in `acr`.
pub const BY_CODE: &str = "urn:shop:one-time-code";

/// The method of it, in `amr` (RFC 8176).
pub const ONE_TIME_CODE: &str = "otp";

/// Tokens that were issued, as OAuth 2.0 has it (RFC 6749, section 5.1).
#[derive(Resource)]
#[view(IssuedToken, public, fields(
    #[allow(plain_secret, reason = "who signs in is given a token to sign in with")] access_token,
    #[allow(plain_secret, reason = "who signs in is given a token to renew the other with")] refresh_token,
    token_type,
    expires_in,
))]
pub struct AccessToken {
    /// The token to send in `Authorization`, after `Bearer`.
    pub access_token: String,
    /// The token to renew them by, once.
    pub refresh_token: String,
    /// The scheme to send it with: `Bearer`.
    pub token_type: String,
    /// The lifetime in seconds.
    pub expires_in: u64,
}

impl From<Issued> for AccessToken {
    fn from(issued: Issued) -> Self {
        Self {
            access_token: issued.access_token.expose().clone(),
            refresh_token: issued.refresh_token.expose().clone(),
            token_type: "Bearer".to_owned(),
            expires_in: issued.expires_in,
        }
    }
}

/// Returns the settings of signing in. Besides the keys that the shop makes itself it trusts that of this signer, by which its
/// command makes tokens for development.
pub fn sign_in(signer: &Signer) -> SignIn {
    SignIn::new(AUDIENCE).issuer(ISSUER).key(signer.key())
}

/// Returns the grant for the owner of an account.
pub fn grant(account: &Account) -> TokenGrant {
    TokenGrant::new(account.id.as_str(), CLIENT)
        .roles([account.role])
        .class(BY_CODE)
        .methods([ONE_TIME_CODE])
}
