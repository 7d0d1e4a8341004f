//! The sample API: every kind of route, argument and result that the language has.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use secure_api::{identity::Revocations, prelude::*};
use uuid::Uuid;

use super::{
    model::{
        Order, OrderAudit, OrderDetail, OrderId, OrderPick, OrderScope, OrderSummary, Part,
        PartCard, Report, ReportView, Role, Sku, Status, Version,
    },
    store::{Broken, Db},
};

pub(crate) const STANDARD: Limit = Limit::per_principal(600).per_minute();
pub(crate) const PLACE: Limit = Limit::per_principal(5).per_minute();
pub(crate) const PROBES: Limit = Limit::per_address(8).per_minute();
pub(crate) const PROBE: Limit = Limit::per_principal(3).per_minute();
const OPEN: Limit = Limit::per_address(600).per_minute();

/// The number of times that handlers ran, as a collaborator.
#[derive(Default)]
pub(crate) struct Runs(pub(crate) AtomicU32);

#[derive(Input)]
pub(crate) struct NewOrder {
    #[input(text, max_len = 40)]
    note: Option<String>,
    #[input(items = 1..=3)]
    parts: Vec<NewPart>,
    #[input(max_len = 64)]
    card: Secret<String>,
}

#[derive(Input)]
pub(crate) struct NewPart {
    #[input(pattern = "^[A-Z]{1,12}$")]
    sku: String,
    #[input(range = 1..=1000)]
    price: u32,
}

#[derive(Input)]
pub(crate) struct Change {
    #[input(text, max_len = 40)]
    note: Option<String>,
    status: Option<Status>,
}

#[derive(Input)]
pub(crate) struct Search {
    #[input(text, max_len = 20)]
    like: Option<String>,
    #[input(range = 1..=100)]
    most: Option<u32>,
}

#[derive(Input)]
pub(crate) struct Message {
    #[input(text, max_len = 2000)]
    text: String,
}

#[derive(ApiError)]
pub(crate) enum DepotError {
    #[problem(status = 409, title = "The order was sent")]
    Sent,
    #[problem(status = 418, title = "Not a kettle", type = "https://depot.example/kettle", source)]
    Kettle(Broken),
    #[problem(internal)]
    Inside(Broken),
    #[problem(transparent)]
    Denied(Denied),
    #[problem(transparent)]
    Store(StoreError),
}

/// Lists orders.
#[get("/orders", version = Version::V1.., role = Role::Customer,
      view(Role::Admin => OrderAudit, Role::Warehouse => OrderPick, _ => OrderDetail))]
pub(crate) async fn list_orders(
    db: Reader<Db>,
    scoped: Scoped<Order>,
) -> Result<Page<Authorized<Order>>, DepotError> {
    let owner = match scoped.scope() {
        OrderScope::All => None,
        OrderScope::Of(owner) => Some(owner),
    };
    Ok(scoped.page(db.orders(owner.as_ref())?))
}

/// Lists orders without asking whose.
#[get("/orders-of-all", version = Version::V2, role = Role::Customer, view = OrderSummary)]
pub(crate) async fn list_carelessly(
    db: Reader<Db>,
    scoped: Scoped<Order>,
) -> Result<Page<Authorized<Order>>, DepotError> {
    Ok(scoped.page(db.orders(None)?))
}

/// Shows one order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer,
      view(Role::Admin => OrderAudit, Role::Warehouse => OrderPick, _ => OrderDetail))]
pub(crate) async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Places an order.
#[post("/orders", version = Version::V1.., role = Role::Customer, limit = PLACE, view = OrderSummary)]
pub(crate) async fn place_order(
    db: Writer<Db>,
    caller: Caller<Role>,
    runs: Service<Runs>,
    Json(body): Json<NewOrder>,
) -> Result<Created<Authorized<Order>>, DepotError> {
    runs.0.fetch_add(1, Ordering::SeqCst);
    let id = OrderId::new(Uuid::new_v4());
    let parts = body.parts.into_iter();
    let order = Order {
        note: body.note,
        parts: parts.map(|part| Part { price: part.price, ..Part::example(&part.sku) }).collect(),
        card: body.card.into(),
        id,
        owner: caller.id().clone(),
        ..Order::example(caller.subject(), 0)
    };
    let order = Authorized::create(order, &caller)?;
    db.put((*order).clone())?;
    Ok(Created::at::<get_order>(id, order))
}

/// Changes an order.
#[patch("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
pub(crate) async fn change_order(
    order: Authorized<Order>,
    db: Writer<Db>,
    Json(body): Json<Change>,
) -> Result<Authorized<Order>, DepotError> {
    if order.status == Status::Sent {
        return Err(DepotError::Sent);
    }
    let changed = Order {
        note: body.note.or_else(|| order.note.clone()),
        status: body.status.unwrap_or(order.status),
        ..(*order).clone()
    };
    db.put(changed.clone())?;
    Ok(order.replace(changed))
}

/// Replaces an order's note.
#[put("/orders/{order}/note", version = Version::V2, role = Role::Customer)]
pub(crate) async fn replace_note(
    order: Authorized<Order>,
    db: Writer<Db>,
    Json(body): Json<Message>,
) -> Result<NoContent, DepotError> {
    db.put(Order { note: Some(body.text), ..order.into_inner() })?;
    Ok(NoContent)
}

/// Removes an order.
#[delete("/orders/{order}", version = Version::V2, role = [Role::Support, Role::Auditor])]
pub(crate) async fn remove_order(
    order: Authorized<Order>,
    db: Writer<Db>,
) -> Result<NoContent, DepotError> {
    db.remove(order.id)?;
    Ok(NoContent)
}

/// Sends an order.
#[post("/orders/{order}/shipment", version = Version::V2, role = Role::Admin)]
pub(crate) async fn ship_order(order: Authorized<Order>, runs: Service<Runs>) -> Accepted {
    // A card is charged.
    runs.0.fetch_add(u32::from(!order.card.expose().is_empty()), Ordering::SeqCst);
    Accepted
}

/// Checks an order.
#[post("/orders/{order}/check", version = Version::V2, role = [Role::Support, Role::Warehouse],
       view(Role::Warehouse => OrderPick, _ => OrderSummary))]
pub(crate) async fn check_order(order: Authorized<Order>) -> Performed<Authorized<Order>> {
    Performed(order)
}

/// Gives the order away: a proof in the place of another.
#[post("/orders/{order}/gift", version = Version::V2, role = Role::Customer, view = OrderSummary)]
pub(crate) async fn give_order(order: Authorized<Order>) -> Performed<Authorized<Order>> {
    let given = Order { owner: super::token::id("somebody else"), ..(*order).clone() };
    Performed(order.replace(given))
}

/// Places an order for somebody else.
#[post("/orders-for-others", version = Version::V2, role = Role::Customer, view = OrderSummary)]
pub(crate) async fn place_for_other(
    db: Writer<Db>,
    caller: Caller<Role>,
) -> Result<Created<Authorized<Order>>, DepotError> {
    let order = Authorized::create(Order::example("somebody else", 999), &caller)?;
    db.put((*order).clone())?;
    Ok(Created::at::<get_order>(order.id, order))
}

/// Shows a part of the catalogue.
#[get("/parts/{sku}", version = Version::V1.., public = "the catalogue is for everybody",
      limit = OPEN, view = PartCard)]
pub(crate) async fn get_part(Unowned(sku): Unowned<Sku>) -> Option<Part> {
    (sku.as_str() != "NONE").then(|| Part::example(sku.as_str()))
}

/// Searches the catalogue.
#[get("/parts", version = Version::V1.., public = "the catalogue is for everybody", limit = OPEN,
      view = PartCard)]
pub(crate) async fn search_parts(Query(search): Query<Search>) -> Page<Part> {
    let most = search.most.unwrap_or(2);
    let like = search.like.unwrap_or_else(|| "BOLT".to_owned());
    Page::new((0..most).map(|_| Part::example(&like)).collect())
}

/// Takes a message from anybody.
#[post("/messages", version = Version::V1.., public = "anybody may write to us", limit = OPEN)]
pub(crate) async fn leave_message(runs: Service<Runs>, Json(body): Json<Message>) -> Accepted {
    runs.0.fetch_add(u32::from(!body.text.is_empty()), Ordering::SeqCst);
    Accepted
}

/// Reports to the auditor.
#[get("/report", version = Version::V2, role = Role::Auditor, view = ReportView)]
pub(crate) async fn report(db: Reader<Db>) -> Result<Report, DepotError> {
    let orders = db.orders(None)?.len();
    Ok(Report { orders: u32::try_from(orders).unwrap_or(u32::MAX) })
}

/// Answers whoever asks whether it is there, rarely.
#[get("/probe", version = Version::V1.., role = Role::Customer, limit = [PROBES, PROBE],
      view = ProbedView)]
pub(crate) async fn probe(runs: Service<Runs>) -> Probed {
    Probed { runs: runs.0.fetch_add(1, Ordering::SeqCst) }
}

/// The number of times that it was asked.
#[derive(Resource)]
#[view(ProbedView, public, fields(runs))]
pub(crate) struct Probed {
    runs: u32,
}

/// Fails in the way that is named.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[value(unowned = "ways to fail are nobody's")]
pub(crate) enum Way {
    Panic,
    Sleep,
    Kettle,
    Inside,
    Store,
}

/// Fails.
#[get("/failures/{way}", version = Version::V2, public = "failing is for everybody", limit = OPEN,
      view = PartCard)]
pub(crate) async fn fail(Unowned(way): Unowned<Way>) -> Result<Part, DepotError> {
    match way {
        Way::Panic => panic!("the secret reason of the panic"),
        Way::Sleep => {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            Ok(Part::example("LATE"))
        }
        Way::Kettle => Err(DepotError::Kettle(Broken)),
        Way::Inside => Err(DepotError::Inside(Broken)),
        Way::Store => Err(DepotError::Store(Broken.into())),
    }
}

/// Logs the caller out: the token that asks for it is the last time good for anything.
#[delete("/session", version = Version::V2, role = Role::Customer)]
pub(crate) async fn log_out(
    caller: Caller<Role>,
    revocations: Revocations,
) -> Result<NoContent, StoreError> {
    revocations.revoke(&caller).await?;
    Ok(NoContent)
}

/// A depot: orders, parts, and ways to fail.
#[api(roles = Role, versions = Version, limit = STANDARD, routes(
    list_orders, list_carelessly, get_order, place_order, change_order, replace_note, remove_order, ship_order, check_order,
    give_order, place_for_other, get_part, search_parts, leave_message, report, probe, fail, log_out,
))]
pub(crate) struct Depot;
