//! The same operations declared: what the attributes state is enforced by the framework, with its defaults.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use peers::{AUDIENCE, CALLERS, ISSUER, KEY_ID, PER_ADDRESS, PER_CALLER, Start};
use secure_api::{prelude::*, token::Signer};
use uuid::Uuid;

#[derive(Role)]
enum Role {
    Customer,
    #[role(includes(Customer))]
    Admin,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Clone, Copy, PartialEq, Eq, Hash)]
#[value(key)]
struct OrderId(Uuid);

#[derive(Resource)]
#[view(Pong, public, fields(status, region))]
struct Ping {
    status: String,
    region: String,
}

#[derive(Resource, Clone)]
#[view(ItemView, role = Role::Customer, fields(sku, quantity))]
struct Item {
    sku: String,
    quantity: u32,
}

#[derive(Resource, Clone)]
#[view(OrderDetail, role = Role::Customer, fields(id, customer_email, note, items as ItemView))]
#[view(OrderAudit, role = Role::Admin, extends = OrderDetail, fields(margin))]
struct Order {
    id: OrderId,
    owner: CallerId,
    customer_email: String,
    note: Option<String>,
    items: Vec<Item>,
    margin: i64,
}

#[derive(Clone, Default)]
struct Orders(Arc<RwLock<HashMap<OrderId, Order>>>);

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
struct NewOrder {
    #[input(email)]
    customer_email: String,
    #[input(text, max_len = 500)]
    note: Option<String>,
    #[input(items = 1..=50)]
    items: Vec<NewItem>,
}

#[derive(Input)]
struct NewItem {
    #[input(pattern = "^[A-Z0-9-]{3,32}$")]
    sku: String,
    #[input(range = 1..=1000)]
    quantity: u32,
}

/// Says that it is there.
#[get("/ping", version = Version::V1.., public = "a monitor has no account", view = Pong)]
async fn ping() -> Ping {
    Ping { status: "up".to_owned(), region: "north".to_owned() }
}

/// Shows an order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer,
      view(Role::Admin => OrderAudit, _ => OrderDetail))]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Places an order. It is not kept: the store would grow while it is measured.
#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn create_order(
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

/// The three operations.
#[api(
    roles = Role, versions = Version, limit = Limit::per_principal(PER_CALLER).per_minute(),
    routes(ping, get_order, create_order)
)]
struct Declared;

fn orders() -> Orders {
    let orders = (0..CALLERS).map(peers::order).map(|order| {
        let item = |(sku, quantity)| Item { sku, quantity };
        let id = OrderId::new(order.id);
        let order = Order {
            id,
            owner: CallerId::new(ISSUER, None, &order.owner).expect("an id"),
            customer_email: order.customer_email,
            note: Some(order.note),
            items: order.items.into_iter().map(item).collect(),
            margin: order.margin,
        };
        (id, order)
    });
    Orders(Arc::new(RwLock::new(orders.collect())))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Start::read();
    let signer = Signer::es256_pem(&start.key("private.pem"), KEY_ID)?;
    let app = Declared::app()
        .store(orders())
        .tokens(Issuer::new(ISSUER).audience(AUDIENCE).key(signer.key()))
        .address_limit(Limit::per_address(PER_ADDRESS).per_minute())
        .build()?;
    app.serve(&start.address.to_string()).await?;
    Ok(())
}
