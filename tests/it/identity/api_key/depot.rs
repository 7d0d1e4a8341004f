//! A depot whose customers make API keys, which it keeps in memory.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use reqwest::Method;
use secure_api::{
    api_key::{ApiKeyError, ApiKeyList, ApiKeyRecord, ApiKeyStore, ApiKeys, Grant},
    app::AppBuilder,
    identity::Revocations,
    prelude::*,
};
use serde_json::{Value, json};

use crate::{
    identity::door::ask,
    support::{
        Answer, TestServer,
        model::{Role, Version},
        server::START,
        token,
    },
};

/// Keys in memory, which can be told to fail.
#[derive(Clone, Default)]
pub(in crate::identity) struct Table(Arc<Mutex<Rows>>);

#[derive(Default)]
pub(super) struct Rows {
    pub(super) keys: BTreeMap<String, ApiKeyRecord>,
    pub(super) down: bool,
    pub(super) notes: usize,
}

impl Table {
    pub(super) fn rows<T>(&self, of: impl FnOnce(&mut Rows) -> T) -> Result<T, StoreError> {
        let mut rows = self.0.lock().expect("no panic under the lock");
        if rows.down { Err("the table is down".into()) } else { Ok(of(&mut rows)) }
    }
}

impl ApiKeyStore for Table {
    async fn insert(&self, key: ApiKeyRecord) -> Result<(), StoreError> {
        self.rows(|rows| _ = rows.keys.insert(key.id.clone(), key))
    }

    async fn find(&self, id: &str) -> Result<Option<ApiKeyRecord>, StoreError> {
        self.rows(|rows| rows.keys.get(id).cloned())
    }

    async fn list(&self, owner: &CallerId) -> Result<Vec<ApiKeyRecord>, StoreError> {
        self.rows(|rows| rows.keys.values().filter(|key| key.owner == *owner).cloned().collect())
    }

    async fn end(&self, id: &str, expires_at: i64) -> Result<(), StoreError> {
        self.rows(|rows| {
            if let Some(key) = rows.keys.get_mut(id) {
                key.expires_at = key.expires_at.min(expires_at);
            }
        })
    }

    async fn used(&self, id: &str, at: i64) -> Result<(), StoreError> {
        self.rows(|rows| {
            rows.notes += 1;
            if let Some(key) = rows.keys.get_mut(id) {
                key.last_used_at = Some(at);
            }
        })
    }
}

/// A key that was just made, as its owner sees it once.
#[derive(Resource)]
#[view(NewKeyView, public, fields(id, key))]
struct NewKey {
    id: String,
    key: String,
}

/// A key as its owner sees it later.
#[derive(Resource)]
#[view(KeyView, public, fields(id, name, ended, used))]
struct KeyLine {
    id: String,
    name: String,
    ended: bool,
    used: bool,
}

/// The wishes of who makes a key.
#[derive(Input)]
struct Wanted {
    #[input(max_len = 100)]
    label: String,
    #[input(max_len = 20)]
    power: String,
}

/// The mistakes of making one.
#[derive(Debug, ApiError)]
enum KeyError {
    /// The maker lacks what the key was to have.
    #[problem(status = 409, title = "Not Yours To Give")]
    NotHeld,
    /// A name that is none.
    #[problem(status = 422, title = "No Name")]
    Name,
    /// A key that is not there, or has ended.
    #[problem(status = 404, title = "No Such Key")]
    Gone,
    /// The table.
    #[problem(transparent)]
    Store(StoreError),
}

impl From<ApiKeyError> for KeyError {
    fn from(error: ApiKeyError) -> Self {
        match error {
            ApiKeyError::NotHeld => Self::NotHeld,
            ApiKeyError::Name => Self::Name,
            ApiKeyError::Store(error) => Self::Store(error),
            _ => Self::NotHeld,
        }
    }
}

/// Makes a key of one's own.
#[post("/keys", version = Version::V1.., role = Role::Customer, by = Bearer, view = NewKeyView)]
async fn make_key(
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
    Json(wanted): Json<Wanted>,
) -> Result<Performed<NewKey>, KeyError> {
    let role = if wanted.power == "admin" { Role::Admin } else { Role::Customer };
    let grant = Grant::new(&caller, wanted.label).roles([role]);
    let made = keys.make(grant, &clock).await?;
    Ok(Performed(NewKey { id: made.record.id, key: made.key.expose().clone() }))
}

/// Lists one's keys.
#[get("/keys", version = Version::V1.., role = Role::Customer, view = KeyView)]
async fn list_keys(
    caller: Caller<Role>,
    keys: ApiKeyList<Table>,
    clock: Clock,
) -> Result<Page<KeyLine>, StoreError> {
    let records = keys.list(caller.id()).await?;
    let line = |key: ApiKeyRecord| KeyLine {
        id: key.id,
        name: key.name,
        ended: clock.unix_seconds() >= key.expires_at,
        used: key.last_used_at.is_some(),
    };
    Ok(Page::new(records.into_iter().map(line).collect()))
}

/// The key that a path names.
#[derive(Value, Clone)]
#[value(pattern = "^[0-9a-f]{16}$", unowned = "the handler asks for the keys of the caller alone")]
struct KeyId(String);

/// Takes a new key for an old one.
#[post("/keys/{key}/rotation", version = Version::V1.., role = Role::Customer, by = Bearer, view = NewKeyView)]
async fn rotate_key(
    key: Unowned<KeyId>,
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
) -> Result<Performed<NewKey>, KeyError> {
    let made = keys.rotate(&caller, &key.0.0, Duration::from_secs(600), &clock).await?;
    let made = made.ok_or(KeyError::Gone)?;
    Ok(Performed(NewKey { id: made.record.id, key: made.key.expose().clone() }))
}

/// Ends a key.
#[delete("/keys/{key}", version = Version::V1.., role = Role::Customer, by = Bearer)]
async fn end_key(
    key: Unowned<KeyId>,
    caller: Caller<Role>,
    keys: ApiKeys<Table>,
    clock: Clock,
) -> Result<NoContent, StoreError> {
    keys.revoke(caller.id(), &key.0.0, &clock).await?;
    Ok(NoContent)
}

/// Opens what is an admin's.
#[post("/admin/vault", version = Version::V1.., role = Role::Admin, by = [ApiKey, Bearer])]
async fn open_vault() -> Accepted {
    Accepted
}

/// Opens what is everybody's who has a key.
#[get("/shelf", version = Version::V1.., role = Role::Customer, by = [ApiKey, Bearer], view = KeyView)]
async fn shelf(caller: Caller<Role>) -> KeyLine {
    let name = caller.id().as_str().to_owned();
    KeyLine { id: caller.identity().kind().name().to_owned(), name, ended: false, used: true }
}

/// The keys of a depot.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, unused_version, reason = "a depot of keys is for customers, from the first"),
      routes(make_key, list_keys, rotate_key, end_key, open_vault, shelf))]
struct Depot;

pub(super) struct Keys {
    pub(super) server: TestServer,
    pub(super) table: Table,
    pub(super) revocations: Revocations,
    pub(super) alice: String,
}

impl Keys {
    pub(super) async fn start() -> Self {
        Self::with_app(|app| app).await
    }

    pub(super) async fn with_app(change: impl FnOnce(AppBuilder) -> AppBuilder) -> Self {
        let (table, clock) = (Table::default(), Clock::manual(START));
        let keys = ApiKeys::new("depot", table.clone());
        let app = Depot::app().tokens(token::issuer()).clock(clock.clone());
        let app = change(app.api_keys(keys));
        let app = app.build().expect("an app that starts");
        let revocations = app.revocations().clone();
        let server = TestServer::run(app, Default::default(), clock).await;
        let alice = server.token("alice", &["customer"]);
        Self { server, table, revocations, alice }
    }

    pub(super) async fn make(&self, body: &Value) -> Answer {
        let body: &'static str = body.to_string().leak();
        self.server.send(Method::POST, Some(&self.alice), "/v1/keys", body).await
    }

    pub(super) async fn made(&self) -> (String, String) {
        let made = self.make(&json!({ "label": "build", "power": "" })).await.json();
        let text = |name: &str| made[name].as_str().expect("text").to_owned();
        (text("id"), text("key"))
    }

    pub(super) async fn with(&self, key: &str) -> Answer {
        ask(&self.server, "/v1/shelf", &[("x-api-key", key)]).await
    }
}
