//! The answer to a repeated request with an `Idempotency-Key` is the kept one. A token is a secret that is shown once: kept, it would
//! be in memory for whoever reads that, and shown again when its first reader has used it up. It is checked when the app is built,
//! before a socket opens.
//!
//! Wrong: below

use crate::shop::*;
use secure_api::app::App;
use secure_api::prelude::*;
use secure_api::sign_in::{SignIn, SignInError, TokenGrant, Tokens};

/// A token for another program of the caller's.
#[derive(Resource)]
#[view(ProgramToken, role = Role::Customer, fields(
    #[allow(plain_secret, reason = "the caller asked for it")] access_token,
))]
pub struct Token {
    pub access_token: String,
}

async fn token(caller: &Caller<Role>, tokens: &Tokens) -> Result<Performed<Token>, SignInError> {
    let grant = TokenGrant::new(caller.id().subject(), "another-program");
    let access_token = tokens.issue(grant).await?.access_token.expose().clone();
    Ok(Performed(Token { access_token }))
}

/// Gives a token, and keeps the answer.
#[post("/tokens", version = Version::V1.., role = Role::Customer, view = ProgramToken,
       idempotency_key)]
async fn give_for_good(
    caller: Caller<Role>,
    tokens: Tokens,
) -> Result<Performed<Token>, SignInError> {
    token(&caller, &tokens).await
}

/// Gives a token.
#[post("/tokens", version = Version::V1.., role = Role::Customer, view = ProgramToken)]
async fn give(caller: Caller<Role>, tokens: Tokens) -> Result<Performed<Token>, SignInError> {
    token(&caller, &tokens).await
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(),
      allow(unused_role, reason = "the sandbox has customers only"), routes(give_for_good))]
pub struct Repeated;

#[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(),
      allow(unused_role, reason = "the sandbox has customers only"), routes(give))]
pub struct Once;

fn sandbox(app: secure_api::app::AppBuilder) -> Result<App, StartError> {
    app.base_url("https://shop.example").sign_in(SignIn::new("sandbox")).build()
}

pub(super) fn wrong() -> Result<App, StartError> {
    sandbox(Repeated::app())
}

pub(super) fn right() -> Result<App, StartError> {
    sandbox(Once::app())
}
