//! Signing in by a page: the one person who can, and the session that a browser gets.

use secure_api::{
    identity::Principal,
    prelude::*,
    session::{SessionError, Sessions},
};
use serde_json::json;

use crate::{
    folder::{Failure, Folder},
    role::{Role, Version},
    secret::{Digest, random},
};

/// The issuer of those who sign in here: the desk itself.
const DESK: &str = "https://desk.example";

const GUESSES: Limit = Limit::per_address(10).per_minute();

/// A name and its passphrase.
#[derive(Input)]
pub struct Credentials {
    /// The name.
    #[input(max_len = 64)]
    name: String,
    /// The passphrase.
    #[input(max_len = 128)]
    passphrase: Secret<String>,
}

/// The mistakes of signing in.
#[derive(Debug, ApiError)]
pub enum SignInError {
    /// One answer for both, so nobody learns who has an account.
    #[problem(status = 422, title = "The name or the passphrase is not right")]
    Wrong,
    /// The ledger, which keeps sessions.
    #[problem(transparent, from(SessionError))]
    Store(StoreError),
}

/// The passphrase of alice, which is made anew at each start. It has 256 random bits, so a plain digest of it is enough; that
/// of a password which people choose is made by a slow hash, as `Passwords` does it.
pub struct Passphrase(Digest);

impl Passphrase {
    /// Makes one and writes it where only whoever started the example can read it, as the body of a request.
    pub fn make(folder: &Folder) -> Result<Self, Failure> {
        let passphrase = random();
        let body = json!({ "name": "alice", "passphrase": passphrase });
        folder.write("sign-in.json", &body.to_string())?;
        Ok(Self(Digest::of(&passphrase)))
    }
}

/// Signs in. The answer sets the cookie; what the browser had before is ended.
#[put("/session", version = Version::V1.., public = "who signs in is not known yet", credential, limit = GUESSES)]
pub async fn sign_in(
    passphrase: Service<Passphrase>,
    sessions: Sessions,
    Json(input): Json<Credentials>,
) -> Result<NoContent, SignInError> {
    if !(passphrase.0.is_of(input.passphrase.expose()) & (input.name == "alice")) {
        return Err(SignInError::Wrong);
    }
    sessions.begin(Principal::new(DESK, "alice").roles(["member"]).amr(["pwd"])).await?;
    Ok(NoContent)
}

/// Signs out.
#[delete("/session", version = Version::V1.., role = Role::Member)]
pub async fn sign_out(sessions: Sessions) -> Result<NoContent, StoreError> {
    sessions.end().await?;
    Ok(NoContent)
}
