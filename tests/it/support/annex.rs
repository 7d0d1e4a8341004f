//! A second sample API: the keys that a route has only where it needs them, each once.

use std::{sync::atomic::Ordering, time::Duration};

use secure_api::{
    app::AppBuilder,
    clock::Clock,
    prelude::*,
    route::{BodyExtractor, Extractor},
};

use super::{
    api::{Message, Runs},
    model::{Role, Sku, Version},
    server::{START, TestServer, stocked},
    store::Db,
};

pub(crate) const GENERAL: Limit = Limit::per_principal(600).per_minute();
const FAST: Limit = Limit::per_principal(6).per_minute();
const SLOW: Limit = Limit::per_principal(2).per_minute();
const HOURLY: Limit = Limit::per_principal(3).per_hour();
const SIGN_IN: Limit = Limit::per_address(3).per_minute();
const WRITE: &str = "parts:write";

/// A number.
#[derive(Resource)]
#[view(CountView, public, fields(count))]
pub(crate) struct Count {
    count: u32,
}

/// Returns the number of times that handlers ran before.
fn ran(runs: &Runs) -> Count {
    Count { count: runs.0.fetch_add(1, Ordering::SeqCst) }
}

/// Reads, with a scope.
#[get("/scoped", version = Version::V1.., role = Role::Customer, scope = "parts:read", view = CountView)]
pub(crate) async fn scoped_read(runs: Service<Runs>) -> Count {
    ran(&runs)
}

/// Writes, with two scopes.
#[post("/scoped", version = Version::V1.., role = [Role::Support, Role::Warehouse], scope = ["parts:read", WRITE],
       view = CountView)]
pub(crate) async fn scoped_write(
    runs: Service<Runs>,
    Json(_body): Json<Message>,
) -> Performed<Count> {
    Performed(ran(&runs))
}

/// Counts with more for some.
#[get("/tiers", version = Version::V1.., role = Role::Customer,
      limit(Role::Admin => FAST, Role::Support => [FAST, HOURLY], _ => SLOW), view = CountView)]
pub(crate) async fn tiers(runs: Service<Runs>) -> Count {
    ran(&runs)
}

/// Limits all but those who load the data.
#[get("/open-tiers", version = Version::V2, public = "a price list is for everybody",
      limit(Role::Admin => Limit::unlimited("the nightly import reads all"), _ => SLOW), view = CountView)]
pub(crate) async fn open_tiers(runs: Service<Runs>) -> Count {
    ran(&runs)
}

/// The way of somebody who signs in.
#[derive(Input)]
#[input(tag = "by")]
pub(crate) enum Way {
    /// A one-time code.
    Code {
        #[input(pattern = "^[0-9]{6}$", name = "code")]
        _code: Option<Secret<String>>,
    },
}

/// Somebody who signs in.
#[derive(Input)]
pub(crate) struct SignIn {
    #[input(text, max_len = 20, name = "text")]
    _text: String,
    #[input(items = 0..=3, name = "ways")]
    _ways: Option<Vec<Way>>,
}

/// Signs in.
#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet", limit = SIGN_IN, credential)]
pub(crate) async fn sign_in(runs: Service<Runs>, Json(_body): Json<SignIn>) -> Accepted {
    ran(&runs);
    Accepted
}

/// Counts the old way.
#[get("/old", version = Version::V1.., role = Role::Customer, view = CountView,
      deprecated(since = "2026-01-01", sunset = "2027-01-01", instead = scoped_read,
                 brownout("2026-12-15T10:00Z", "2h"), brownout("2026-12-01T10:00Z", "30m")))]
pub(crate) async fn old(runs: Service<Runs>) -> Count {
    ran(&runs)
}

/// Counts one the old way.
#[get("/old/{sku}", version = Version::V2, public = "a price list is for everybody", view = CountView,
      deprecated(since = "2026-01-01", instead = one))]
pub(crate) async fn old_one(Unowned(_sku): Unowned<Sku>, runs: Service<Runs>) -> Count {
    ran(&runs)
}

/// Names one.
#[get("/parts/{sku}", version = Version::V2, public = "a price list is for everybody", view = CountView)]
pub(crate) async fn one(Unowned(_sku): Unowned<Sku>, runs: Service<Runs>) -> Count {
    ran(&runs)
}

/// Takes little.
#[post("/little", version = Version::V2, role = Role::Customer, body_limit = 32)]
pub(crate) async fn little(runs: Service<Runs>, Json(_body): Json<Message>) -> Accepted {
    ran(&runs);
    Accepted
}

/// Takes much: more than the app in general.
#[put("/much", version = Version::V2, role = Role::Customer, body_limit = 100 * 1024)]
pub(crate) async fn much(runs: Service<Runs>, Json(_body): Json<Message>) -> NoContent {
    ran(&runs);
    NoContent
}

/// Waits longer than it may.
#[get("/slow", version = Version::V2, role = Role::Customer, view = CountView, timeout = Duration::from_millis(60))]
pub(crate) async fn slow(runs: Service<Runs>) -> Count {
    tokio::time::sleep(Duration::from_secs(10)).await;
    ran(&runs)
}

/// Reads a header by itself.
#[get("/header", version = Version::V2, role = Role::Customer, view = CountView,
      allow(extractor, reason = "the shelf's display sends its number in a header"))]
pub(crate) async fn header(
    Extractor(headers): Extractor<axum::http::HeaderMap>,
    _db: Reader<Db>,
) -> Option<Count> {
    let number = headers.get("x-shelf").and_then(|number| number.to_str().ok());
    Some(Count { count: number?.parse().ok()? })
}

/// Reads a text that is no JSON.
#[post("/text", version = Version::V2, role = Role::Customer, view = CountView, body_limit = 16,
       allow(extractor, reason = "the scale sends plain text"))]
pub(crate) async fn text(BodyExtractor(text): BodyExtractor<String>) -> Performed<Count> {
    Performed(Count { count: u32::try_from(text.len()).unwrap_or(u32::MAX) })
}

/// The annex of the depot.
#[api(roles = Role, versions = Version, limit = GENERAL,
      allow(unused_role, reason = "the auditor works in the depot only"), routes(
    scoped_read, scoped_write, tiers, open_tiers, sign_in, old, old_one, one, little, much, slow, header, text,
))]
pub(crate) struct Annex;

impl TestServer {
    /// Starts the annex, over plaintext on loopback.
    pub(crate) async fn annex() -> Self {
        Self::annex_with(|app| app).await
    }

    /// Starts the annex, with changed settings.
    pub(crate) async fn annex_with(change: impl FnOnce(AppBuilder) -> AppBuilder) -> Self {
        let (db, clock) = (stocked(), Clock::manual(START));
        let app = Annex::app()
            .store(db.clone())
            .service(Runs::default())
            .tokens(super::token::issuer())
            .clock(clock.clone());
        Self::run(change(app).build().expect("an app that starts"), db, clock).await
    }
}
