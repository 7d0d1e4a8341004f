//! An API with one of each: an owned object with a view for its owner, a change, a creation, and a sign-in.

use secure_api::prelude::*;
use uuid::Uuid;

pub(super) const OFTEN: Limit = Limit::per_principal(60).per_minute();
const RARELY: Limit = Limit::per_address(5).per_minute();

#[derive(Role)]
pub(super) enum Role {
    Customer,
    #[role(includes(Customer))]
    Support,
    #[role(includes(Support))]
    Admin,
}

#[derive(Version)]
pub(super) enum Version {
    V1,
    V2,
    #[version(preview)]
    V3,
}

#[derive(Value, Clone, Copy)]
#[value(key)]
pub(super) struct OrderId(Uuid);

#[derive(Resource, Clone)]
#[view(OrderView, role = Role::Customer, fields(id, note))]
#[view(OrderDesk, role = Role::Support, extends = OrderView, fields(iban))]
pub(super) struct Order {
    id: OrderId,
    owner: CallerId,
    note: String,
    iban: String,
}

#[derive(Clone)]
pub(super) struct Db;

impl Store for Db {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

#[object(owner = owner, read = Role::Support, update = Role::Support)]
impl Object for Order {
    async fn load(
        _: &Reader<Db>,
        _: OrderId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

#[derive(Input)]
pub(super) struct NewOrder {
    #[input(text, max_len = 40)]
    note: String,
    #[input(range = 0..=90, role = Role::Admin)]
    discount: Option<u32>,
}

#[derive(Input)]
pub(super) struct Login {
    #[input(max_len = 64)]
    password: Secret<String>,
}

/// Shows an order.
#[get("/orders/{order}", version = Version::V1.., role = Role::Customer,
      view(mine => OrderView, Role::Support => OrderDesk, _ => OrderView))]
pub(super) async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

/// Changes an order.
#[put("/orders/{order}", version = Version::V1.., role = Role::Customer, if_match = get_order, view = OrderView)]
pub(super) async fn put_order(
    order: Authorized<Order>,
    Json(new): Json<NewOrder>,
) -> Authorized<Order> {
    order.map(|order| Order { note: new.note, ..order })
}

/// Places an order.
#[post("/orders", version = Version::V1.., role = Role::Customer, idempotency_key, view = OrderView,
       limit(Role::Support => OFTEN, _ => Limit::per_principal(5).per_minute()))]
pub(super) async fn post_order(
    caller: Caller<Role>,
    Json(new): Json<NewOrder>,
) -> Result<Created<Authorized<Order>>, Denied> {
    let _ = new.discount;
    let id = OrderId::new(Uuid::nil());
    let order = Order { id, owner: caller.id().clone(), note: new.note, iban: String::new() };
    Ok(Created::at::<get_order>(id, Authorized::create(order, &caller)?))
}

/// Signs in.
#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet", credential, limit = RARELY)]
pub(super) async fn sign_in(Json(login): Json<Login>) -> Accepted {
    drop(login.password);
    Accepted
}

/// A small shop.
#[api(roles = Role, versions = Version, limit = OFTEN, routes(get_order, put_order, post_order, sign_in))]
pub(super) struct Kiosk;
