//! Orders: placed and checked out by customers, looked at by support, audited by admins.

use secure_api::prelude::*;

use crate::{
    account::Account,
    db::Db,
    error::{GiftError, NewOrderError, OrderError},
    event::{self, Kind},
    item::Item,
    limit::{BROWSE, DESK, ORDER},
    order::{
        NewCustomer, NewOrder, Order, OrderAudit, OrderChange, OrderDesk, OrderDetail, OrderId,
        OrderProgress, OrderSummary,
    },
    product::Product,
    role::Role,
    version::Version,
};

// What an attribute below does not say, it takes from here.
defaults! { version = Version::V1.., role = Role::Customer, limit = ORDER }

/// Lists orders, the latest first: a customer's own, everybody's for support.
#[get("/orders", by = [Bearer, ApiKey], limit(Role::Support => DESK, _ => BROWSE), view = OrderSummary)]
pub async fn list_orders(
    paging: Paging<OrderId>,
    orders: Scoped<Order>,
    db: Reader<Db>,
) -> Result<Page<Authorized<Order>>, StoreError> {
    let rows = Order::list(&db, &orders.scope(), &paging).await?;
    Ok(orders.paged(&paging, rows, |last| last.id))
}

/// Shows one order.
#[get("/orders/{order}", limit = BROWSE,
      view(Role::Admin => OrderAudit, Role::Support => OrderDesk, _ => OrderDetail))]
pub async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Says how far an order has come.
#[get("/orders/{order}/status", version = Version::V1, limit = BROWSE, view = OrderProgress,
      deprecated(since = "2026-06-01", sunset = "2036-06-01", instead = get_order,
                 brownout("2036-05-06T10:00Z", "30m"), brownout("2036-05-20T10:00Z", "2h")))]
pub async fn get_order_status(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Places an order, at the prices of this moment.
#[post("/orders", body_limit = 32 * 1024, view = OrderDetail)]
pub async fn create_order(
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Json(body): Json<NewOrder>,
) -> Result<Created<Authorized<Order>>, NewOrderError> {
    let mut change = db.begin().await?;
    let mut items = Vec::new();
    for wanted in &body.items {
        let product = Product::find(&mut *change, &wanted.sku).await?;
        let product = product.ok_or(NewOrderError::NotInCatalogue)?;
        if !product.in_stock {
            return Err(NewOrderError::OutOfStock);
        }
        items.push(Item::of(product, wanted.qty));
    }
    let note = body.note.or_else(|| body.like.and_then(|earlier| earlier.note.clone()));
    let order = Order::new(caller.id(), body.customer_email, note, items, &clock)?;
    let order = Authorized::create(order, &caller)?;
    order.insert(&mut change).await?;
    event::record(&mut change, &clock, Some(caller.subject()), Kind::OrderPlaced, order.id).await?;
    change.commit().await?;
    Ok(Created::at::<get_order>(order.id, order))
}

/// Changes the note of an order that is not checked out, if it is as the caller has seen it; an admin corrects where its
/// news goes, too.
#[patch("/orders/{order}", view = OrderDetail, if_match = get_order)]
pub async fn change_order(
    order: Authorized<Order>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Json(body): Json<OrderChange>,
) -> Result<Authorized<Order>, OrderError> {
    let mut change = db.begin().await?;
    if !order.apply(&mut change, &body, caller.subject()).await? {
        return Err(OrderError::CheckedOut);
    }
    event::record(&mut change, &clock, Some(caller.subject()), Kind::OrderChanged, order.id)
        .await?;
    change.commit().await?;
    Ok(order.map(|order| Order {
        note: Some(body.note),
        customer_email: body.customer_email.unwrap_or(order.customer_email),
        ..order
    }))
}

/// Gives an order that is not checked out to somebody else, as a present.
#[put("/orders/{order}/customer", version = Version::V2..,
      allow(unchecked, reason = "an order can be given to anybody who has an account"))]
pub async fn give_order(
    order: Authorized<Order>,
    accounts: Unchecked<Account>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Json(body): Json<NewCustomer>,
) -> Result<NoContent, GiftError> {
    let account = accounts.load(&db.to_reader(), body.account).await?;
    let account = account.ok_or(GiftError::NoAccount)?;
    let mut change = db.begin().await?;
    if !order.give(&mut change, &account.owner, &account.email, caller.subject()).await? {
        return Err(GiftError::CheckedOut);
    }
    event::record(&mut change, &clock, Some(caller.subject()), Kind::OrderGiven, order.id).await?;
    change.commit().await?;
    Ok(NoContent)
}

/// Withdraws an order that is not checked out: it is removed.
#[delete("/orders/{order}")]
pub async fn withdraw_order(
    order: Authorized<Order>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
) -> Result<NoContent, OrderError> {
    let mut change = db.begin().await?;
    if !order.remove(&mut change).await? {
        return Err(OrderError::CheckedOut);
    }
    event::record(&mut change, &clock, Some(caller.subject()), Kind::OrderWithdrawn, order.id)
        .await?;
    change.commit().await?;
    Ok(NoContent)
}
