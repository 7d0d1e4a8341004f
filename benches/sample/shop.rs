//! The orders that are measured, and two operations on them: also of the server in `benches/peers`.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use secure_api::prelude::*;
use uuid::Uuid;

/// The roles.
#[derive(Role)]
pub(crate) enum Role {
    Customer,
    #[role(includes(Customer))]
    Admin,
}

#[derive(Version)]
pub(crate) enum Version {
    V1,
}

#[derive(Value, Clone, Copy, PartialEq, Eq, Hash)]
#[value(key)]
pub(crate) struct OrderId(Uuid);

#[derive(Resource, Clone)]
#[view(ItemView, role = Role::Customer, fields(sku, quantity))]
pub(crate) struct Item {
    pub(crate) sku: String,
    pub(crate) quantity: u32,
}

#[derive(Resource, Clone)]
#[view(OrderDetail, role = Role::Customer, fields(id, customer_email, note, items as ItemView))]
#[view(OrderAudit, role = Role::Admin, extends = OrderDetail, fields(margin))]
pub(crate) struct Order {
    pub(crate) id: OrderId,
    pub(crate) owner: CallerId,
    pub(crate) customer_email: String,
    pub(crate) note: Option<String>,
    pub(crate) items: Vec<Item>,
    pub(crate) margin: i64,
}

/// Orders in memory, so that what is measured is the framework and not a database.
#[derive(Clone, Default)]
pub(crate) struct Orders(pub(crate) Arc<RwLock<HashMap<OrderId, Order>>>);

impl Store for Orders {
    type Read = RwLock<HashMap<OrderId, Order>>;
    type Write = RwLock<HashMap<OrderId, Order>>;

    fn reader(&self) -> &Self::Read {
        &self.0
    }

    fn writer(&self, _: &Writing) -> &Self::Write {
        &self.0
    }
}

impl Object for Order {
    type Key = OrderId;
    type Store = Orders;
    type Roles = Role;
    type Scope = ();

    async fn load(
        orders: &Reader<Orders>,
        key: OrderId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(orders.read().map_err(|_| "the lock is poisoned")?.get(&key).cloned())
    }

    fn permits(&self, caller: &Caller<Role>, _action: Action) -> bool {
        self.owner == *caller.id()
    }

    fn scope(_caller: &Caller<Role>) {}
}

#[derive(Input)]
pub(crate) struct NewOrder {
    #[input(email)]
    customer_email: String,
    #[input(text, max_len = 500)]
    note: Option<String>,
    #[input(items = 1..=50)]
    items: Vec<NewItem>,
}

#[derive(Input)]
pub(crate) struct NewItem {
    #[input(pattern = "^[A-Z0-9-]{3,32}$")]
    sku: String,
    #[input(range = 1..=1000)]
    quantity: u32,
}

/// Shows an order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer,
      view(Role::Admin => OrderAudit, _ => OrderDetail))]
pub(crate) async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Places an order. It is not kept: the store would grow while it is measured.
#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
pub(crate) async fn create_order(
    caller: Caller<Role>,
    Json(body): Json<NewOrder>,
) -> Result<Created<Authorized<Order>>, Denied> {
    let id = OrderId::new(Uuid::nil());
    let item = |item: NewItem| Item { sku: item.sku, quantity: item.quantity };
    let order = Order {
        id,
        owner: caller.id().clone(),
        customer_email: body.customer_email,
        note: body.note,
        items: body.items.into_iter().map(item).collect(),
        margin: 0,
    };
    let order = Authorized::create(order, &caller)?;
    Ok(Created::at::<get_order>(id, order))
}
