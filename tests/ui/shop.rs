//! The base of the wrong programs: roles, versions, an order that belongs to somebody, a product that does not.

#![allow(dead_code, unreachable_pub)]

use std::sync::Mutex;

use secure_api::prelude::*;

#[derive(Role, PartialEq)]
pub enum Role {
    Customer,
    #[role(includes(Customer))]
    Support,
    #[role(includes(Support))]
    Admin,
}

#[derive(Version)]
pub enum Version {
    V1,
    V2,
    V3,
}

pub const BROWSE: Limit = Limit::per_principal(600).per_minute();

/// The public key of the tokens of the shop's login.
pub const LOGIN_KEY: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfvbt2DaAdAVYAAzvWKYN0xC0Ui8E
/Z2KzhXxb5WGHxKvsx3X7oj6NJCaa79Pe1tkHQUlxcnunSmqhNmN9Ij+gA==
-----END PUBLIC KEY-----";

#[derive(Default)]
pub struct Db(Mutex<Vec<String>>);

impl Store for Db {
    type Read = Mutex<Vec<String>>;
    type Write = Mutex<Vec<String>>;
    fn reader(&self) -> &Self::Read {
        &self.0
    }
    fn writer(&self, _: &Writing) -> &Self::Write {
        &self.0
    }
}

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1_000_000)]
pub struct OrderId(u64);

/// An order belongs to whoever placed it.
#[derive(Resource)]
#[view(OrderSummary, role = Role::Customer, fields(id))]
#[view(OrderDetail, role = Role::Customer, extends = OrderSummary, fields(note))]
#[view(OrderAudit, role = Role::Admin, extends = OrderDetail, fields(owner))]
pub struct Order {
    pub id: OrderId,
    pub note: String,
    #[sensitive(Role::Admin)]
    pub owner: CallerId,
}

impl Object for Order {
    type Key = OrderId;
    type Store = Db;
    type Roles = Role;
    type Scope = Option<CallerId>;
    async fn load(
        _: &Reader<Db>,
        id: OrderId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        let owner = CallerId::new("https://login.shop.example", None, "alice")?;
        Ok(Some(Self { id, note: String::new(), owner }))
    }
    fn permits(&self, caller: &Caller<Role>, _: Action) -> bool {
        caller.has(Role::Support) || *caller.id() == self.owner
    }
    fn scope(caller: &Caller<Role>) -> Option<CallerId> {
        (!caller.has(Role::Support)).then(|| caller.id().clone())
    }
}

#[derive(Value, Clone, Copy)]
#[value(range = 1..=1_000_000, unowned = "products are on public display")]
pub struct ProductId(u64);

/// A product belongs to nobody.
#[derive(Resource)]
#[view(ProductCard, public, fields(id, name))]
#[view(ProductSheet, role = Role::Support, extends = ProductCard, fields(stock))]
pub struct Product {
    pub id: ProductId,
    pub name: String,
    pub stock: u32,
}

#[derive(Input)]
pub struct NewOrder {
    #[input(text, max_len = 500)]
    pub note: String,
}

#[derive(ApiError)]
pub enum ShopError {
    #[problem(status = 409, title = "Out of stock")]
    OutOfStock,
    #[problem(transparent)]
    Store(StoreError),
}
