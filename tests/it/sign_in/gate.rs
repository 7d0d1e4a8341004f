//! An API that signs its own users in: a gate, and what stands behind it.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex},
};

use argon2::PasswordHasher;
use secure_api::{
    app::AppBuilder,
    clock::Clock,
    ledger::Memory,
    prelude::*,
    sign_in::{Code, Codes, Issued, Passwords, SignIn, SignInError, TokenGrant, Tokens},
    testing::{self, Client},
};
use serde_json::json;
use tokio::sync::Barrier;

use crate::support::server::START;

/// Alice's password.
pub(super) const PHRASE: &str = "correct horse battery";

const GUESS: Limit = Limit::per_address(16).per_minute();
const RESET: Code = Code::link("reset").lifetime(Duration::from_secs(1800));

#[derive(Role)]
pub(super) enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// The accounts, by their names: hashes of passwords.
#[derive(Default)]
pub(super) struct Accounts(Mutex<BTreeMap<String, String>>);

/// The codes that were sent.
#[derive(Clone, Default)]
pub(super) struct Outbox(Arc<Mutex<Vec<String>>>);

/// A place where two handlers wait for each other.
struct Meeting(Arc<Barrier>);

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
    let grant = TokenGrant::new(body.name, "web").roles(["member"]).methods(["pwd"]);
    Ok(Performed(tokens.issue(grant).await?.into()))
}

/// Renews tokens.
#[post("/tokens", version = Version::V1.., public = "whose token has ended has none", limit = GUESS, credential,
       view = TokenView)]
async fn renew(tokens: Tokens, Json(body): Json<Renewing>) -> Result<Performed<Token>, GateError> {
    let renewal = tokens.presented(&body.refresh_token, "web").await?;
    let grant = TokenGrant::new(renewal.subject(), "web").roles(["member"]);
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
    let grant = TokenGrant::new(renewal.subject(), "web").roles(["member"]);
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
struct Wall;

/// A machine of the app.
pub(super) struct Gate {
    pub(super) client: Client,
    pub(super) clock: Clock,
    outbox: Outbox,
}

/// The accounts of all machines: alice's.
fn accounts() -> Accounts {
    /// Made once, since a hash takes as long as it can bear.
    static HASH: LazyLock<String> = LazyLock::new(|| {
        let hash = argon2::Argon2::default().hash_password(PHRASE.as_bytes());
        hash.expect("a hash").to_string()
    });
    Accounts(Mutex::new(BTreeMap::from([("alice".to_owned(), HASH.clone())])))
}

fn wall(meeting: &Arc<Barrier>) -> AppBuilder {
    Wall::app()
        .secret(Secret::new(vec![7; 32]))
        .service(accounts())
        .service(Meeting(Arc::clone(meeting)))
}

fn meeting() -> Arc<Barrier> {
    static MEETING: LazyLock<Arc<Barrier>> = LazyLock::new(|| Arc::new(Barrier::new(2)));
    Arc::clone(&MEETING)
}

/// Opens one on a ledger of its own.
pub(super) fn gate() -> Gate {
    let clock = Clock::manual(START);
    Gate::open(&clock, &Memory::new(clock.clone()))
}

/// Waits for a code, and returns it.
pub(super) async fn codes(gate: &Gate) -> String {
    for _ in 0..1000 {
        if let Some(code) = gate.outbox.0.lock().expect("no panic under the lock").pop() {
            return code;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("no code was sent")
}

impl Gate {
    pub(super) fn open(clock: &Clock, ledger: &Memory) -> Self {
        let outbox = Outbox::default();
        let app = wall(&meeting())
            .service(outbox.clone())
            .clock(clock.clone())
            .ledger(ledger.clone())
            .base_url("https://gate.example")
            .sign_in(SignIn::new("gate-api"));
        Self {
            client: testing::client(app).expect("an app that starts"),
            clock: clock.clone(),
            outbox,
        }
    }

    /// Returns the status of what is behind the gate.
    pub(super) async fn me(&self, token: &str) -> u16 {
        self.client.get("/v1/me").token(token).await.status()
    }

    pub(super) async fn try_log_in(&self, name: &str, password: &str) -> u16 {
        let body = json!({ "name": name, "password": password });
        self.client.post("/v1/log-in").json(body).await.status()
    }

    /// Logs in by alice's password, and returns access and refresh token.
    pub(super) async fn log_in(&self, name: &str) -> (String, String) {
        let body = json!({ "name": name, "password": PHRASE });
        self.tokens("/v1/log-in", body).await.expect("tokens")
    }

    pub(super) async fn renew(&self, refresh: &str) -> Option<(String, String)> {
        self.tokens("/v1/tokens", json!({ "refresh_token": refresh })).await
    }

    pub(super) async fn renew_late(&self, refresh: &str) -> Option<(String, String)> {
        self.tokens("/v1/late-tokens", json!({ "refresh_token": refresh })).await
    }

    async fn tokens(&self, path: &str, body: serde_json::Value) -> Option<(String, String)> {
        let reply = self.client.post(path).json(body).await;
        if reply.status() == 422 {
            return None;
        }
        reply.assert_status(200);
        let text = |pointer| reply.json_pointer(pointer).as_str().expect("a text").to_owned();
        Some((text("/access_token"), text("/refresh_token")))
    }
}

fn codes_of(app: AppBuilder) -> Vec<&'static str> {
    let error = app.build().expect_err("it does not start");
    error.problems().iter().map(|problem| problem.code).collect()
}

/// Returns the codes of an app that says no name.
pub(super) fn unnamed() -> Vec<&'static str> {
    codes_of(wall(&meeting()).service(Outbox::default()).sign_in(SignIn::new("gate-api")))
}

/// Returns the codes of an app whose tokens live too long.
pub(super) fn misfit() -> Vec<&'static str> {
    let sign_in = SignIn::new("gate-api").access_lifetime(Duration::from_secs(3601));
    codes_of(
        wall(&meeting())
            .service(Outbox::default())
            .base_url("https://gate.example")
            .sign_in(sign_in),
    )
}

/// Returns the codes of an app that signs nobody in, and whose handlers do.
pub(super) fn missing() -> Vec<&'static str> {
    codes_of(
        wall(&meeting())
            .service(Outbox::default())
            .base_url("https://gate.example")
            .tokens(testing::issuer()),
    )
}
