//! A name that is given again: who bears it next shares nothing with who bore it before, also within one second.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use secure_api::{
    api_key::{ApiKeyError, ApiKeyRecord, ApiKeyStore, ApiKeys, Grant},
    behavior::Behavior,
    clock::Clock,
    identity::{Principal, Revocations},
    ledger::Memory,
    prelude::*,
    session::{Session, SessionError, SessionSettings, Sessions},
    sign_in::{Issued, SignIn, SignInError, TokenGrant, Tokens},
    testing::{self, Client, Reply},
};
use serde_json::json;

use crate::support::{server::START, token};

const OFTEN: Limit = Limit::per_address(100).per_minute();
const GUESSES: Limit = Limit::per_address(16).per_minute();

#[derive(Role, Clone, Copy)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A table of keys that the machines share.
#[derive(Clone, Default)]
pub(super) struct Table(Arc<Mutex<BTreeMap<String, ApiKeyRecord>>>);

impl Table {
    /// Returns `true` if none of its keys has ever counted.
    pub(super) fn is_void(&self) -> bool {
        let all = self.0.lock().expect("no panic under the lock");
        all.values().all(|key| key.expires_at < key.created_at)
    }
}

impl ApiKeyStore for Table {
    async fn insert(&self, key: ApiKeyRecord) -> Result<(), StoreError> {
        self.0.lock().expect("no panic under the lock").insert(key.id.clone(), key);
        Ok(())
    }

    async fn find(&self, id: &str) -> Result<Option<ApiKeyRecord>, StoreError> {
        Ok(self.0.lock().expect("no panic under the lock").get(id).cloned())
    }

    async fn list(&self, _: &CallerId) -> Result<Vec<ApiKeyRecord>, StoreError> {
        Ok(Vec::new())
    }

    async fn end(&self, id: &str, expires_at: i64) -> Result<(), StoreError> {
        if let Some(key) = self.0.lock().expect("no panic under the lock").get_mut(id) {
            key.expires_at = key.expires_at.min(expires_at);
        }
        Ok(())
    }

    async fn used(&self, _: &str, _: i64) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Credentials as somebody is given them.
#[derive(Resource)]
#[view(GivenView, public, fields(one, other))]
struct Given {
    one: String,
    other: String,
}

impl From<Issued> for Given {
    fn from(issued: Issued) -> Self {
        let text = |secret: &Secret<String>| secret.expose().clone();
        Self { one: text(&issued.access_token), other: text(&issued.refresh_token) }
    }
}

#[derive(Debug, ApiError)]
enum HouseError {
    #[problem(status = 409, title = "No Key")]
    NoKey,
    #[problem(transparent)]
    SignIn(SignInError),
    #[problem(transparent, from(SessionError))]
    Store(StoreError),
}

impl From<ApiKeyError> for HouseError {
    fn from(_: ApiKeyError) -> Self {
        Self::NoKey
    }
}

#[derive(Input)]
struct Renewing {
    #[input(max_len = 256)]
    refresh_token: Secret<String>,
}

fn grant() -> TokenGrant {
    TokenGrant::new("alice", "web").roles([Role::Member])
}

/// Logs alice in by tokens.
#[post("/log-in", version = Version::V1.., public = "a test of what comes after", limit = OFTEN, view = GivenView)]
async fn log_in(tokens: Tokens) -> Result<Performed<Given>, HouseError> {
    Ok(Performed(tokens.issue(grant()).await?.into()))
}

/// Renews them.
#[post("/tokens", version = Version::V1.., public = "a test of what comes after", limit = GUESSES, credential,
       view = GivenView)]
async fn renew(tokens: Tokens, Json(body): Json<Renewing>) -> Result<Performed<Given>, HouseError> {
    let renewal = tokens.presented(&body.refresh_token, "web").await?;
    Ok(Performed(tokens.renew(renewal, grant()).await?.into()))
}

/// Logs alice in by a session.
#[put("/session", version = Version::V1.., public = "a test of what comes after", limit = OFTEN)]
async fn open_session(tokens: Tokens, sessions: Sessions) -> Result<NoContent, HouseError> {
    sessions.begin(Principal::new(tokens.issuer(), "alice").roles(["member"])).await?;
    Ok(NoContent)
}

/// Makes a key.
#[post("/keys", version = Version::V1.., role = Role::Member, by = [Bearer, Session], view = GivenView)]
async fn make_key(
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
) -> Result<Performed<Given>, HouseError> {
    let made = keys.make(Grant::new(&caller, "a key").roles([Role::Member]), &clock).await?;
    Ok(Performed(Given { one: made.key.expose().clone(), other: made.record.id }))
}

/// Removes the account of alice.
#[delete("/account", version = Version::V1.., public = "a test of what comes after", limit = OFTEN)]
async fn remove(tokens: Tokens) -> Result<NoContent, HouseError> {
    tokens.end_all("alice").await?;
    Ok(NoContent)
}

/// Refuses all that alice has by the time alone.
#[delete("/credentials", version = Version::V1.., public = "a test of what comes after", limit = OFTEN)]
async fn revoke(
    tokens: Tokens,
    revocations: Revocations,
    clock: Clock,
) -> Result<NoContent, StoreError> {
    revocations.revoke_subject(tokens.issuer(), "alice", clock.unix_seconds()).await?;
    Ok(NoContent)
}

/// Lets alice in.
#[post("/visits", version = Version::V1.., role = Role::Member, allow(cross_site, reason = "a test of who is let in"))]
async fn visit(caller: Caller<Role>) -> Accepted {
    assert_eq!(caller.subject(), "alice");
    Accepted
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(log_in, renew, open_session, make_key, remove, revoke, visit))]
struct House;

/// A machine; those of one test share their ledger and their table.
struct Machine(Client);

/// All that somebody has.
struct Held {
    access: String,
    refresh: String,
    session: String,
    key: String,
    key_of_session: String,
}

/// Opens two machines, whose clock stands still.
fn machines() -> ([Machine; 2], Clock) {
    let (clock, table) = (Clock::manual(START), Table::default());
    let ledger = Memory::new(clock.clone());
    let machine = || {
        let sign_in = SignIn::new(token::AUDIENCE).issuer(token::ISSUER).key(token::issuer_key());
        let app = House::app()
            .base_url("https://house.example")
            .secret(testing::secret!([7; 32]))
            .ledger(ledger.clone())
            .clock(clock.clone())
            .behavior(Behavior::off())
            .sign_in(sign_in)
            .sessions(SessionSettings::new())
            .api_keys(ApiKeys::new("house", table.clone()));
        Machine(testing::client(app).expect("an app that starts"))
    };
    ([machine(), machine()], clock)
}

fn given(reply: &Reply) -> (String, String) {
    reply.assert_status(200);
    let text = |at: &str| reply.json_pointer(at).as_str().expect("a text").to_owned();
    (text("/one"), text("/other"))
}

impl Machine {
    async fn log_in(&self) -> Held {
        let (access, refresh) = given(&self.0.post("/v1/log-in").await);
        let begun = self.0.put("/v1/session").header("sec-fetch-site", "same-origin").await;
        let cookie = begun.assert_status(204).header("set-cookie").expect("a cookie");
        let session = cookie.split(';').next().expect("a pair").to_owned();
        let (key, _) = given(&self.0.post("/v1/keys").token(&access).await);
        let made = self.0.post("/v1/keys").header("cookie", &session);
        let (key_of_session, _) = given(&made.header("sec-fetch-site", "same-origin").await);
        Held { access, refresh, session, key, key_of_session }
    }

    async fn renew(&self, refresh: &str) -> Reply {
        self.0.post("/v1/tokens").json(json!({ "refresh_token": refresh })).await
    }

    /// Returns the status by each of what somebody has: access token, session, keys.
    async fn lets_in(&self, held: &Held) -> [u16; 4] {
        [
            self.0.post("/v1/visits").token(&held.access).await.status(),
            self.0.post("/v1/visits").header("cookie", &held.session).await.status(),
            self.0.post("/v1/visits").header("x-api-key", &held.key).await.status(),
            self.0.post("/v1/visits").header("x-api-key", &held.key_of_session).await.status(),
        ]
    }
}

const ALL: [u16; 4] = [202; 4];
const NONE: [u16; 4] = [401; 4];

// R19: fails closed for whoever was removed, and stays open for whoever comes after.
#[tokio::test]
async fn who_signs_up_under_a_name_of_the_same_second_shares_no_credentials() {
    let ([one, two], clock) = machines();
    let mut before: Vec<Held> = Vec::new();
    for _ in 0..4 {
        let held = one.log_in().await;
        for machine in [&one, &two] {
            assert_eq!(machine.lets_in(&held).await, ALL);
            for old in &before {
                assert_eq!(machine.lets_in(old).await, NONE);
                machine.renew(&old.refresh).await.assert_status(422);
            }
        }
        one.0.delete("/v1/account").await.assert_status(204);
        before.push(held);
    }
    let last = one.log_in().await;
    clock.advance(Duration::from_secs(90));
    for old in &before {
        assert_eq!(two.lets_in(old).await, NONE, "and stays refused");
    }
    assert_eq!(two.lets_in(&last).await, ALL);
    let (access, _) = given(&two.renew(&last.refresh).await);
    one.0.post("/v1/visits").token(&access).await.assert_status(202);
}

// R19
#[tokio::test]
async fn a_revocation_by_time_takes_its_own_second_and_the_renewal_with_it() {
    let ([one, two], clock) = machines();
    let old = one.log_in().await;
    one.0.delete("/v1/credentials").await.assert_status(204);
    assert_eq!(two.lets_in(&old).await, NONE);
    two.renew(&old.refresh).await.assert_status(422);
    let new = two.log_in().await;
    assert_eq!(one.lets_in(&new).await, ALL);
    clock.advance(Duration::from_secs(1));
    given(&two.renew(&new.refresh).await);
}

// Nobody knows which of two tokens of one second came first: what is signed elsewhere counts from the next one on.
#[tokio::test]
async fn a_token_that_was_signed_elsewhere_counts_from_the_next_second_on() {
    let ([one, _], clock) = machines();
    let claims = token::claims("alice", &["member"]);
    let before = token::sign(&claims, &clock);
    one.0.post("/v1/visits").token(&before).await.assert_status(202);
    one.0.delete("/v1/account").await.assert_status(204);
    let after = token::sign(&claims, &clock);
    for token in [&before, &after] {
        one.0.post("/v1/visits").token(token).await.assert_status(401);
    }
    clock.advance(Duration::from_secs(1));
    one.0.post("/v1/visits").token(&before).await.assert_status(401);
    one.0.post("/v1/visits").token(&token::sign(&claims, &clock)).await.assert_status(202);
}
