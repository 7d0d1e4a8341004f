//! The declared side: five routes that answer who is calling, each by one kind of credentials.

use std::{
    collections::HashMap,
    error::Error,
    sync::{Arc, Mutex},
};

use axum::Router;
use peers::{AUDIENCE, ISSUER, KEY_ID};
use secure_api::{
    api_key::{ApiKeyError, ApiKeyRecord, ApiKeyStore, ApiKeys, Grant},
    dpop::Dpop,
    identity::Principal,
    prelude::*,
    session::{Session, SessionError, SessionSettings, Sessions},
    token::Signer,
};

use crate::callers::{Callers, URL};

/// The limit of what nobody may try often, which is never reached here.
const GUESSES: Limit = Limit::per_address(16).per_minute();

#[derive(Clone, Copy, Debug, PartialEq, Eq, Role)]
enum Role {
    Customer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Version)]
enum Version {
    V1,
}

/// The name of the caller.
#[derive(Resource)]
#[view(Name, public, fields(subject))]
struct Who {
    subject: String,
}

impl Who {
    fn of(caller: &Caller<Role>) -> Self {
        Self { subject: caller.subject().to_owned() }
    }
}

/// Answers without a caller.
#[get("/ping", version = Version::V1.., public = "the floor has no credentials", view = Name)]
async fn ping() -> Who {
    Who { subject: "caller".to_owned() }
}

/// Answers to a token.
#[get("/token", version = Version::V1.., role = Role::Customer, by = Bearer, view = Name)]
async fn token(caller: Caller<Role>) -> Who {
    Who::of(&caller)
}

/// Answers to an API key.
#[get("/key", version = Version::V1.., role = Role::Customer, by = ApiKey, view = Name)]
async fn key(caller: Caller<Role>) -> Who {
    Who::of(&caller)
}

/// Answers to a session.
#[get("/session", version = Version::V1.., role = Role::Customer, by = Session, view = Name)]
async fn session(caller: Caller<Role>) -> Who {
    Who::of(&caller)
}

/// Answers to a token with its proof.
#[get("/proof", version = Version::V1.., role = Role::Customer, by = Dpop, view = Name)]
async fn proof(caller: Caller<Role>) -> Who {
    Who::of(&caller)
}

#[derive(Debug, ApiError)]
enum EnterError {
    #[problem(transparent, from(SessionError))]
    Store(StoreError),
}

/// Begins a session.
#[put("/session", version = Version::V1.., public = "who enters is not known yet", credential, limit = GUESSES)]
async fn enter(sessions: Sessions) -> Result<NoContent, EnterError> {
    sessions.begin(Principal::new(ISSUER, "caller").roles(["customer"])).await?;
    Ok(NoContent)
}

/// An API key, once.
#[derive(Resource)]
#[view(NewKeyView, public, fields(key))]
struct NewKey {
    key: String,
}

#[derive(Debug, ApiError)]
enum KeyError {
    #[problem(transparent, from(ApiKeyError))]
    Store(StoreError),
}

/// Makes an API key.
#[post("/keys", version = Version::V1.., role = Role::Customer, by = Bearer, view = NewKeyView)]
async fn make_key(
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
) -> Result<Performed<NewKey>, KeyError> {
    let made = keys.make(Grant::new(&caller, "bench").roles([Role::Customer]), &clock).await?;
    Ok(Performed(NewKey { key: made.key.expose().clone() }))
}

/// The API keys, in memory.
#[derive(Clone, Default)]
struct Table(Arc<Mutex<HashMap<String, ApiKeyRecord>>>);

impl Table {
    fn rows<T>(
        &self,
        of: impl FnOnce(&mut HashMap<String, ApiKeyRecord>) -> T,
    ) -> Result<T, StoreError> {
        Ok(of(&mut *self.0.lock().map_err(|_| StoreError::from("a panic under the lock"))?))
    }
}

impl ApiKeyStore for Table {
    async fn insert(&self, key: ApiKeyRecord) -> Result<(), StoreError> {
        self.rows(|rows| _ = rows.insert(key.id.clone(), key))
    }

    async fn find(&self, id: &str) -> Result<Option<ApiKeyRecord>, StoreError> {
        self.rows(|rows| rows.get(id).cloned())
    }

    async fn list(&self, owner: &CallerId) -> Result<Vec<ApiKeyRecord>, StoreError> {
        self.rows(|rows| rows.values().filter(|key| key.owner == *owner).cloned().collect())
    }

    async fn end(&self, id: &str, expires_at: i64) -> Result<(), StoreError> {
        self.rows(|rows| rows.get_mut(id).map_or((), |key| key.expires_at = expires_at))
    }

    async fn used(&self, id: &str, at: i64) -> Result<(), StoreError> {
        self.rows(|rows| rows.get_mut(id).map_or((), |key| key.last_used_at = Some(at)))
    }
}

/// The caller, by each kind.
#[api(
    roles = Role, versions = Version, limit = Limit::per_principal(u32::MAX).per_second(),
    routes(ping, token, key, session, proof, enter, make_key)
)]
struct Declared;

/// Returns the declared routes.
pub(crate) fn router(callers: &Callers) -> Result<Router, Box<dyn Error>> {
    let signer = Signer::es256_pem(callers.signer_pem(), KEY_ID)?;
    let keys = ApiKeys::new("bench", Table::default());
    let app = Declared::app()
        .tokens(Issuer::new(ISSUER).audience(AUDIENCE).key(signer.key()))
        .api_keys(keys)
        .sessions(SessionSettings::new())
        .dpop(Dpop::new())
        .base_url(URL)
        .address_limit(Limit::per_address(u32::MAX).per_second())
        .build()?;
    Ok(app.router())
}
