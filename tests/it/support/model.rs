//! The model of the sample API: roles with a diamond and an outsider, versions, and orders that have owners.

use std::{collections::BTreeMap, sync::Arc};

use secure_api::prelude::*;
use uuid::Uuid;

use super::store::Db;

/// `Admin` includes `Customer` by two ways; nothing includes `Auditor`.
#[derive(Role, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Customer,
    #[role(includes(Customer))]
    Support,
    #[role(includes(Customer))]
    Warehouse,
    #[role(includes(Support, Warehouse))]
    Admin,
    Auditor,
}

#[derive(Version)]
pub(crate) enum Version {
    #[version(
        deprecated = "2026-06-01",
        sunset = "2036-06-01",
        migrate = "https://depot.example/migrate"
    )]
    V1,
    V2,
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key)]
pub(crate) struct OrderId(Uuid);

/// A part's number.
#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(text, max_len = 40, unowned = "the catalogue is for everybody")]
pub(crate) struct Sku(String);

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Open,
    Sent,
}

/// A part, as the catalogue and the shelves know it.
#[derive(Resource, Debug, Clone)]
#[view(PartCard, public, fields(sku))]
#[view(PartView, role = Role::Customer, extends = PartCard, fields(price))]
#[view(PartStock, role = Role::Warehouse, extends = PartView, fields(shelf))]
#[view(PartAudit, role = Role::Admin, extends = PartStock, fields(cost))]
pub(crate) struct Part {
    pub(crate) sku: String,
    pub(crate) price: u32,
    pub(crate) shelf: Option<String>,
    #[sensitive(Role::Admin)]
    pub(crate) cost: u32,
}

/// An order.
#[derive(Resource, Debug, Clone)]
#[view(OrderSummary, role = Role::Customer, fields(id, status))]
#[view(OrderDetail, role = Role::Customer, extends = OrderSummary,
       fields(note, parts as PartView, gift as PartView, by_day as PartView, packs as PartView))]
#[view(OrderPick, role = Role::Warehouse, extends = OrderSummary,
       fields(note, parts as PartStock, gift as PartStock, by_day as PartStock, packs as PartStock))]
#[view(OrderAudit, role = Role::Admin, extends = OrderSummary,
       fields(note, parts as PartAudit, gift as PartAudit, by_day as PartAudit, packs as PartAudit,
              owner, margin))]
pub(crate) struct Order {
    pub(crate) id: OrderId,
    pub(crate) status: Status,
    pub(crate) note: Option<String>,
    pub(crate) parts: Vec<Part>,
    pub(crate) gift: Option<Part>,
    pub(crate) by_day: BTreeMap<String, Part>,
    pub(crate) packs: Vec<Option<BTreeMap<String, Vec<Part>>>>,
    pub(crate) owner: CallerId,
    #[sensitive(Role::Admin)]
    pub(crate) margin: u32,
    /// The card, which is in no view.
    pub(crate) card: Arc<Secret<String>>,
}

/// The orders that a caller may list.
pub(crate) enum OrderScope {
    Of(CallerId),
    All,
}

impl Object for Order {
    type Key = OrderId;
    type Store = Db;
    type Roles = Role;
    type Scope = OrderScope;

    async fn load(
        db: &Reader<Db>,
        key: OrderId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        db.order(key)
    }

    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        match action {
            Action::Read => {
                caller.has(Role::Support)
                    || caller.has(Role::Warehouse)
                    || self.owner == *caller.id()
            }
            Action::Create | Action::Update => {
                caller.has(Role::Admin) || self.owner == *caller.id()
            }
            Action::Delete => caller.has(Role::Support),
        }
    }

    fn scope(caller: &Caller<Role>) -> OrderScope {
        if caller.has(Role::Support) || caller.has(Role::Warehouse) {
            OrderScope::All
        } else {
            OrderScope::Of(caller.id().clone())
        }
    }
}

/// The report that the auditor sees.
#[derive(Resource)]
#[view(ReportView, role = Role::Auditor, fields(orders))]
pub(crate) struct Report {
    pub(crate) orders: u32,
}

impl Part {
    pub(crate) fn example(sku: &str) -> Self {
        Self { sku: sku.to_owned(), price: 250, shelf: Some("A-7".to_owned()), cost: 90 }
    }
}

impl Order {
    pub(crate) fn example(owner: &str, number: u128) -> Self {
        Self {
            id: OrderId::new(Uuid::from_u128(number)),
            status: Status::Open,
            note: Some("ring <twice> & wait".to_owned()),
            parts: vec![Part::example("BOLT"), Part::example("NUT")],
            gift: Some(Part::example("GIFT")),
            by_day: BTreeMap::from([("monday".to_owned(), Part::example("WASHER"))]),
            packs: vec![
                None,
                Some(BTreeMap::from([("box".to_owned(), vec![Part::example("SPRING")])])),
            ],
            owner: super::token::id(owner),
            margin: 777,
            card: Arc::new(Secret::new("4111-1111-1111-1111".to_owned())),
        }
    }
}
