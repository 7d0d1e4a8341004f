//! An API with an order of steps and with keys.

use std::{sync::OnceLock, time::Duration};

use rcgen::KeyPair;
use secure_api::{
    app::AppBuilder,
    clock::Clock,
    ledger::Ledger,
    prelude::*,
    token::{Claims, Signer},
};
use uuid::Uuid;

use super::desk::Desk;
use crate::support::{
    TestServer,
    model::{Order, OrderAudit, OrderDetail, OrderId, OrderSummary, Role, Version},
    server::{START, stocked},
    store::{Broken, Db},
    token,
};

/// A second order of Alice's.
pub(crate) const ALICES_OTHER: u128 = 0xA2;

const STANDARD: Limit = Limit::per_principal(10_000).per_minute();
const MINUTE: Duration = Duration::from_secs(60);

#[derive(ApiError)]
pub(crate) enum TillError {
    #[problem(status = 409, title = "The till refuses")]
    Refused,
    #[problem(status = 429, title = "The till is busy", retry_after = 30)]
    Busy,
    #[problem(internal)]
    Failed(Broken),
    #[problem(transparent)]
    Denied(Denied),
    #[problem(transparent)]
    Store(StoreError),
}

/// The end that a handler is to have.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Well,
    Refused,
    Busy,
    Failed,
    Panicked,
    Slow,
}

#[derive(Input)]
pub(crate) struct Ask {
    way: Way,
    #[input(text, max_len = 70000)]
    note: Option<String>,
}

/// Shows one order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
pub(crate) async fn show(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Checks out.
#[post("/orders/{order}/checkout", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
pub(crate) async fn checkout(order: Authorized<Order>) -> Performed<Authorized<Order>> {
    Performed(order)
}

/// Pays.
#[post("/orders/{order}/payment", version = Version::V2, role = Role::Customer, view = OrderSummary,
       after(checkout, within = MINUTE))]
pub(crate) async fn pay(
    order: Authorized<Order>,
    desk: Service<Desk>,
    Json(ask): Json<Ask>,
) -> Result<Performed<Authorized<Order>>, TillError> {
    desk.handle(ask.way).await?;
    Ok(Performed(order))
}

/// Confirms.
#[post("/orders/{order}/confirmation", version = Version::V2, role = Role::Customer, view = OrderSummary,
       after(pay, within = Duration::from_secs(60), at_least = Duration::from_secs(5)))]
pub(crate) async fn confirm(
    order: Authorized<Order>,
    desk: Service<Desk>,
    Json(ask): Json<Ask>,
) -> Result<Performed<Authorized<Order>>, TillError> {
    desk.handle(ask.way).await?;
    Ok(Performed(order))
}

/// Settles: in order, and once.
#[post("/orders/{order}/settlement", version = Version::V2, role = Role::Customer, view = OrderSummary,
       after(checkout, within = MINUTE), idempotency_key)]
pub(crate) async fn settle(
    order: Authorized<Order>,
    desk: Service<Desk>,
    Json(ask): Json<Ask>,
) -> Result<Performed<Authorized<Order>>, TillError> {
    desk.handle(ask.way).await?;
    Ok(Performed(order))
}

/// Places an order.
#[post("/orders", version = Version::V1.., role = Role::Customer, idempotency_key,
       view(Role::Admin => OrderAudit, _ => OrderDetail))]
pub(crate) async fn place(
    caller: Caller<Role>,
    db: Writer<Db>,
    desk: Service<Desk>,
    Json(ask): Json<Ask>,
) -> Result<Created<Authorized<Order>>, TillError> {
    desk.handle(ask.way).await?;
    let id = OrderId::new(Uuid::new_v4());
    let order = Order {
        id,
        note: ask.note,
        owner: caller.id().clone(),
        ..Order::example(caller.subject(), 0)
    };
    let order = Authorized::create(order, &caller)?;
    db.put((*order).clone())?;
    Ok(Created::at::<show>(id, order))
}

/// Changes an order.
#[patch("/orders/{order}", version = Version::V1.., role = Role::Customer, idempotency_key,
        view(Role::Admin => OrderAudit, _ => OrderDetail))]
pub(crate) async fn change(
    order: Authorized<Order>,
    db: Writer<Db>,
    desk: Service<Desk>,
    Json(ask): Json<Ask>,
) -> Result<Authorized<Order>, TillError> {
    desk.handle(ask.way).await?;
    let changed = Order { note: ask.note, ..(*order).clone() };
    db.put(changed.clone())?;
    Ok(order.replace(changed))
}

/// Terms that somebody reads.
#[derive(Resource)]
#[view(TermsView, role = Role::Customer, fields(text))]
pub(crate) struct Terms {
    text: String,
}

/// Shows the terms.
#[get("/terms", version = Version::V2, role = Role::Customer, view = TermsView)]
pub(crate) async fn terms() -> Terms {
    Terms { text: "all goods are final".to_owned() }
}

/// Accepts the terms that were shown.
#[post("/terms/acceptance", version = Version::V2, role = Role::Customer,
       after(terms, within = Duration::from_secs(600)))]
pub(crate) async fn accept() -> Accepted {
    Accepted
}

/// Shows the terms to whoever has read them before, once.
#[get("/terms/copy", version = Version::V2, role = Role::Customer, view = TermsView,
      after(terms, within = Duration::from_secs(600)))]
pub(crate) async fn copy() -> Terms {
    Terms { text: "all goods are final".to_owned() }
}

/// A till.
#[api(roles = Role, versions = Version, limit = STANDARD,
      allow(unused_role, reason = "auditors are of the depot, whose roles these are"),
      routes(show, checkout, pay, confirm, settle, place, change, terms, accept, copy))]
pub(crate) struct Till;

pub(crate) async fn start() -> (TestServer, Desk) {
    start_with(|app| app).await
}

pub(crate) async fn start_with(
    change: impl FnOnce(AppBuilder) -> AppBuilder,
) -> (TestServer, Desk) {
    let (db, clock, desk) = (shelves(), Clock::manual(START), Desk::new());
    (machine(&db, &clock, &desk, change).await, desk)
}

fn shelves() -> Db {
    let db = stocked();
    db.put([Order::example("alice", ALICES_OTHER)]);
    db
}

async fn machine(
    db: &Db,
    clock: &Clock,
    desk: &Desk,
    change: impl FnOnce(AppBuilder) -> AppBuilder,
) -> TestServer {
    let elsewhere = Issuer::new(ELSEWHERE).audience(token::AUDIENCE).key(signer().key());
    let app = Till::app()
        .store(db.clone())
        .service(desk.clone())
        .tokens(token::issuer())
        .tokens(elsewhere)
        .address_limit(Limit::per_address(100_000).per_minute())
        .clock(clock.clone());
    let app = change(app).build().expect("an app that starts");
    TestServer::run(app, db.clone(), clock.clone()).await
}

/// Machines of one till: they have one clock, one database and one desk, and remember together.
pub(crate) struct Machines {
    db: Db,
    pub(crate) clock: Clock,
    pub(crate) desk: Desk,
}

impl Machines {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { db: shelves(), clock, desk: Desk::new() }
    }

    /// Starts one more, with its own connection to the ledger that all have.
    pub(crate) async fn start<L: Ledger>(&self, ledger: L) -> TestServer {
        let Self { db, clock, desk } = self;
        let remembers = |app: AppBuilder| {
            let secret = secure_api::testing::secret!([7; 32]);
            app.secret(secret).ledger(ledger).deadline(DEADLINE)
        };
        machine(db, clock, desk, remembers).await
    }
}

/// The deadline of the machines.
pub(crate) const DEADLINE: Duration = Duration::from_secs(2);

const ELSEWHERE: &str = "https://login.elsewhere.example";

fn signer() -> &'static Signer {
    static SIGNER: OnceLock<Signer> = OnceLock::new();
    SIGNER.get_or_init(|| {
        let pair = KeyPair::generate().expect("an ECDSA key");
        Signer::es256_pem(secure_api::testing::secret!(pair.serialize_pem()), "e1")
            .expect("a signer")
    })
}

/// Returns a good token of another issuer.
pub(crate) fn elsewhere(subject: &str, roles: &[&str], clock: &Clock) -> String {
    let claims = Claims::new(ELSEWHERE, token::AUDIENCE, subject).roles(roles.iter().copied());
    signer().sign(&claims, clock).expect("a token")
}
