//! What the wrong programs of this folder begin with: two roles, two versions, an order with an owner.
#![allow(dead_code, unused_imports)]

pub use std::time::Duration;

pub use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(includes(Customer))]
    Support,
}

#[derive(Version)]
pub enum Version {
    V1,
    V2,
}

pub const STANDARD: Limit = Limit::per_principal(60).per_minute();

#[derive(Value)]
pub struct OrderId(u64);

#[derive(Resource)]
#[view(OrderView, role = Role::Customer, fields(total))]
pub struct Order {
    pub total: u32,
}

pub struct Db;

impl Store for Db {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self) -> &Self {
        self
    }
}

impl Object for Order {
    type Key = OrderId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();

    async fn load(_: &Reader<Db>, _: OrderId) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }

    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        false
    }

    fn scope(_: &Caller<Role>) {}
}

#[post("/orders/{order}/checkout", version = Version::V1.., role = Role::Customer)]
pub async fn checkout(order: Authorized<Order>) -> Accepted {
    let _ = order;
    Accepted
}
