//! Machines of an app that signs its own users in, and whoever comes to them.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex},
};

use argon2::PasswordHasher;
use secure_api::{
    app::AppBuilder,
    clock::Clock,
    ledger::{Ledger, Memory},
    prelude::*,
    sign_in::SignIn,
    testing::{self, Client},
};
use serde_json::json;
use tokio::sync::Barrier;

use super::wall::{Accounts, Meeting, Outbox, Wall};
use crate::support::server::START;

/// Alice's password.
pub(super) const PHRASE: &str = "correct horse battery";

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
        .secret(testing::secret!([7; 32]))
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
        Self::of(clock, ledger.clone(), Duration::from_secs(15))
    }

    /// Opens one on any ledger, with this deadline for what asks it.
    pub(super) fn of<L: Ledger>(clock: &Clock, ledger: L, deadline: Duration) -> Self {
        let outbox = Outbox::default();
        let app = wall(&meeting())
            .service(outbox.clone())
            .clock(clock.clone())
            .ledger(ledger)
            .deadline(deadline)
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

/// Returns the codes of an app whose tokens are signed elsewhere by a secret, and here by keys that everybody is told.
pub(super) fn mixed() -> Vec<&'static str> {
    let shared = Key::hs256(testing::secret!(vec![7; 32])).id("elsewhere");
    codes_of(
        wall(&meeting())
            .service(Outbox::default())
            .base_url("https://gate.example")
            .sign_in(SignIn::new("gate-api").key(shared)),
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
