//! Carts with items with gifts in them, each of which knows whose it is and what it is in.

mod operations;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use secure_api::{clock::Clock, prelude::*};

use crate::support::{
    TestServer,
    model::{Role, Version},
    server::START,
    store::Db,
    token,
};

use operations::{
    add_item, change_item, compare, remove_cart, remove_item, show_gift, show_item, wrap,
};

const STANDARD: Limit = Limit::per_principal(10_000).per_minute();

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key, range = 1..=1000)]
pub(crate) struct CartId(u64);

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key, range = 1..=1000)]
pub(crate) struct ItemId(u64);

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key, range = 1..=1000)]
pub(crate) struct GiftId(u64);

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[value(unowned = "a language belongs to nobody")]
pub(crate) enum Language {
    De,
    En,
}

#[derive(Resource, Clone)]
#[view(CartView, role = Role::Customer, fields(id))]
pub(crate) struct Cart {
    id: CartId,
    owner: CallerId,
    closed: bool,
}

#[derive(Resource, Clone)]
#[view(ItemView, role = Role::Customer, fields(id, note))]
pub(crate) struct Item {
    id: ItemId,
    cart: CartId,
    owner: CallerId,
    note: String,
}

#[derive(Resource, Clone)]
#[view(GiftView, role = Role::Customer, fields(id))]
pub(crate) struct Gift {
    id: GiftId,
    item: ItemId,
    owner: CallerId,
}

impl BelongsTo<Cart> for Item {
    fn belongs_to(&self, cart: &Cart) -> bool {
        self.cart == cart.id
    }
}

impl BelongsTo<Item> for Gift {
    fn belongs_to(&self, item: &Item) -> bool {
        self.item == item.id
    }
}

/// The record of questions to rules and to handlers, in order. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Shelf(Arc<Mutex<Inner>>);

#[derive(Default)]
pub(crate) struct Inner {
    carts: BTreeMap<CartId, Cart>,
    items: BTreeMap<ItemId, Item>,
    gifts: BTreeMap<GiftId, Gift>,
    record: Vec<String>,
}

/// The shelf, for handlers to say that they ran.
pub(crate) struct Diary(Shelf);

impl Store for Shelf {
    type Read = Mutex<Inner>;
    type Write = Mutex<Inner>;

    fn reader(&self) -> &Self::Read {
        &self.0
    }

    fn writer(&self, _: &Writing) -> &Self::Write {
        &self.0
    }
}

impl Shelf {
    /// Carts 1 and 2 are alice's, 3 is bob's, and 4 is alice's and closed. Item 11 is in cart 1, 21 in 2, and so on;
    /// gift 111 is in item 11. Item 32 is alice's, in bob's cart.
    pub(crate) fn stocked() -> Self {
        let mut inner = Inner::default();
        for (number, owner) in [(1, "alice"), (2, "alice"), (3, "bob"), (4, "alice")] {
            let cart = Cart { id: CartId(number), owner: token::id(owner), closed: number == 4 };
            inner.carts.insert(cart.id, cart);
            inner.item(number * 10 + 1, number, owner);
            inner.gift(number * 100 + 11, number * 10 + 1, owner);
        }
        inner.item(32, 3, "alice");
        inner.gift(321, 32, "alice");
        Self(Arc::new(Mutex::new(inner)))
    }

    fn note(&self, what: String) {
        self.0.lock().expect("no panic under the lock").record.push(what);
    }

    pub(crate) fn take_record(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("no panic under the lock").record)
    }
}

impl Inner {
    fn item(&mut self, id: u64, cart: u64, owner: &str) {
        let (id, cart, owner) = (ItemId(id), CartId(cart), token::id(owner));
        self.items.insert(id, Item { id, cart, owner, note: String::new() });
    }

    fn gift(&mut self, id: u64, item: u64, owner: &str) {
        let (id, item, owner) = (GiftId(id), ItemId(item), token::id(owner));
        self.gifts.insert(id, Gift { id, item, owner });
    }

    fn load<T>(&mut self, what: &str, found: impl FnOnce(&Self) -> Option<T>) -> Option<T> {
        self.record.push(format!("load {what}"));
        found(self)
    }
}

fn locked(db: &Mutex<Inner>) -> std::sync::MutexGuard<'_, Inner> {
    db.lock().expect("no panic under the lock")
}

impl Object for Cart {
    type Key = CartId;
    type Store = Shelf;
    type Roles = Role;
    type Scope = ();

    async fn load(
        db: &Reader<Shelf>,
        id: CartId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(locked(db).load("cart", |inner| inner.carts.get(&id).cloned()))
    }

    /// Permits to look at a closed cart, and to delete none.
    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        let may = match action {
            Action::Read => true,
            Action::Create | Action::Update => !self.closed,
            Action::Delete => false,
        };
        may && (self.owner == *caller.id() || caller.has(Role::Support))
    }

    fn scope(_: &Caller<Role>) {}
}

impl Object for Item {
    type Key = ItemId;
    type Store = Shelf;
    type Roles = Role;
    type Scope = ();

    async fn load(
        db: &Reader<Shelf>,
        id: ItemId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(locked(db).load("item", |inner| inner.items.get(&id).cloned()))
    }

    fn permits(&self, caller: &Caller<Role>, _: Action) -> bool {
        self.owner == *caller.id() || caller.has(Role::Support)
    }

    fn scope(_: &Caller<Role>) {}
}

impl Object for Gift {
    type Key = GiftId;
    type Store = Shelf;
    type Roles = Role;
    type Scope = ();

    async fn load(
        db: &Reader<Shelf>,
        id: GiftId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(locked(db).load("gift", |inner| inner.gifts.get(&id).cloned()))
    }

    fn permits(&self, caller: &Caller<Role>, _: Action) -> bool {
        self.owner == *caller.id()
    }

    fn scope(_: &Caller<Role>) {}
}

/// Carts.
#[api(roles = Role, versions = Version, limit = STANDARD,
      allow(unused_role, reason = "the roles are the depot's"),
      routes(show_item, add_item, change_item, remove_item, remove_cart, show_gift, wrap, compare))]
pub(crate) struct Carts;

pub(crate) async fn start() -> (TestServer, Shelf) {
    let (shelf, clock) = (Shelf::stocked(), Clock::manual(START));
    let app = Carts::app()
        .store(shelf.clone())
        .service(Diary(shelf.clone()))
        .tokens(token::issuer())
        .clock(clock.clone())
        .build()
        .expect("an app that starts");
    (TestServer::run(app, Db::default(), clock).await, shelf)
}
