//! An API that signs its own users in: its accounts and its operations.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use secure_api::{
    prelude::*,
    sign_in::{Codes, Issued, OneTimeCode, Passwords, SignInError, TokenGrant, Tokens},
};
use tokio::sync::Barrier;

const GUESS: Limit = Limit::per_address(16).per_minute();
const RESET: OneTimeCode = OneTimeCode::link("reset").lifetime(Duration::from_secs(1800));

#[derive(Role, Clone, Copy)]
pub(super) enum Role {
    Member,
}

#[derive(Version)]
pub(super) enum Version {
    V1,
}

/// The accounts, by their names: hashes of passwords.
#[derive(Default)]
pub(super) struct Accounts(pub(super) Mutex<BTreeMap<String, String>>);

/// The codes that were sent.
#[derive(Clone, Default)]
pub(super) struct Outbox(pub(super) Arc<Mutex<Vec<String>>>);

/// A place where two handlers wait for each other.
pub(super) struct Meeting(pub(super) Arc<Barrier>);

#[derive(Input)]
struct Credentials {
    #[input(max_len = 40)]
    name: String,
    #[input(max_len = 512)]
    password: Secret<String>,
}

#[derive(Input)]
struct Renewing {
    #[input(max_len = 256)]
    refresh_token: Secret<String>,
}

#[derive(Resource)]
#[view(TokenView, public, fields(
    #[allow(plain_secret, reason = "who logs in is given it")] access_token,
    #[allow(plain_secret, reason = "who logs in is given it")] refresh_token,
    expires_in,
))]
struct Token {
    access_token: String,
    refresh_token: String,
    expires_in: u64,
}

impl From<Issued> for Token {
    fn from(issued: Issued) -> Self {
        Self {
            access_token: issued.access_token.expose().clone(),
            refresh_token: issued.refresh_token.expose().clone(),
            expires_in: issued.expires_in,
        }
    }
}

#[derive(Debug, ApiError)]
enum GateError {
    #[problem(transparent)]
    SignIn(SignInError),
    #[problem(transparent)]
    Store(StoreError),
}

impl Accounts {
    fn hash_of(&self, name: &str) -> Option<String> {
        self.0.lock().expect("no panic under the lock").get(name).cloned()
    }
}

/// Signs up.
#[post("/accounts", version = Version::V1.., public = "who signs up has no account yet", limit = GUESS, credential)]
async fn sign_up(
    accounts: Service<Accounts>,
    passwords: Passwords,
    Json(body): Json<Credentials>,
) -> Result<Accepted, GateError> {
    let hash = passwords.hash(&body.password).await?;
    accounts.0.lock().expect("no panic under the lock").entry(body.name).or_insert(hash);
    Ok(Accepted)
}

/// Logs in.
#[post("/log-in", version = Version::V1.., public = "who logs in has no token yet", limit = GUESS, credential,
       view = TokenView)]
async fn log_in(
    accounts: Service<Accounts>,
    passwords: Passwords,
    tokens: Tokens,
    Json(body): Json<Credentials>,
) -> Result<Performed<Token>, GateError> {
    let hash = accounts.hash_of(&body.name);
    if !passwords.verify(&body.password, hash.as_deref()).await? {
        return Err(SignInError::Refused("the name or the password is wrong").into());
    }
    let grant = TokenGrant::new(body.name, "web").roles([Role::Member]).methods(["pwd"]);
    Ok(Performed(tokens.issue(grant).await?.into()))
}

/// Renews tokens.
#[post("/tokens", version = Version::V1.., public = "whose token has ended has none", limit = GUESS, credential,
       view = TokenView)]
async fn renew(tokens: Tokens, Json(body): Json<Renewing>) -> Result<Performed<Token>, GateError> {
    let renewal = tokens.presented(&body.refresh_token, "web").await?;
    let grant = TokenGrant::new(renewal.subject(), "web").roles([Role::Member]);
    Ok(Performed(tokens.renew(renewal, grant).await?.into()))
}

/// Renews tokens once another request has come as far.
#[post("/late-tokens", version = Version::V1.., public = "whose token has ended has none", limit = GUESS, credential,
       view = TokenView)]
async fn renew_late(
    tokens: Tokens,
    meeting: Service<Meeting>,
    Json(body): Json<Renewing>,
) -> Result<Performed<Token>, GateError> {
    let renewal = tokens.presented(&body.refresh_token, "web").await?;
    meeting.0.wait().await;
    let grant = TokenGrant::new(renewal.subject(), "web").roles([Role::Member]);
    Ok(Performed(tokens.renew(renewal, grant).await?.into()))
}

/// Logs out.
#[delete("/session", version = Version::V1.., role = Role::Member)]
async fn log_out(caller: Caller<Role>, tokens: Tokens) -> Result<NoContent, SignInError> {
    tokens.sign_out(&caller).await?;
    Ok(NoContent)
}

#[derive(Input)]
struct Forgotten {
    #[input(max_len = 40)]
    name: String,
}

/// Sends a code.
#[post("/resets", version = Version::V1.., public = "who forgot the password cannot log in", limit = GUESS, credential)]
async fn forget(
    accounts: Service<Accounts>,
    outbox: Service<Outbox>,
    codes: Codes,
    Json(body): Json<Forgotten>,
) -> Accepted {
    tokio::spawn(async move {
        if accounts.hash_of(&body.name).is_some()
            && let Ok(Some(code)) = codes.issue(&RESET, &body.name).await
        {
            outbox.0.lock().expect("no panic under the lock").push(code.expose().clone());
        }
    });
    Accepted
}

#[derive(Input)]
struct Reset {
    #[input(max_len = 40)]
    name: String,
    #[input(max_len = 64)]
    code: Secret<String>,
    #[input(max_len = 512)]
    password: Secret<String>,
}

/// Sets a password by a code.
#[put("/password", version = Version::V1.., public = "who forgot the password cannot log in", limit = GUESS, credential)]
async fn reset(
    accounts: Service<Accounts>,
    codes: Codes,
    passwords: Passwords,
    tokens: Tokens,
    Json(body): Json<Reset>,
) -> Result<NoContent, GateError> {
    let hash = passwords.hash(&body.password).await?;
    if !codes.redeem(&RESET, &body.name, &body.code).await? {
        return Err(SignInError::Refused("the code is wrong").into());
    }
    accounts.0.lock().expect("no panic under the lock").insert(body.name.clone(), hash);
    tokens.end_all(&body.name).await?;
    Ok(NoContent)
}

/// Somebody who came through.
#[derive(Resource)]
#[view(Through, role = Role::Member, fields(name))]
struct Guest {
    name: String,
}

/// Lets somebody through.
#[get("/me", version = Version::V1.., role = Role::Member, view = Through)]
async fn me(caller: Caller<Role>) -> Guest {
    Guest { name: caller.subject().to_owned() }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(sign_up, log_in, renew, renew_late, log_out, forget, reset, me))]
pub(super) struct Wall;
