//! The sample API's store: in memory, in two halves, with a record of what was asked of it.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use secure_api::prelude::*;

use super::model::{Order, OrderId};

/// Clones share what is in it, so that a test can look while a server runs.
#[derive(Clone, Default)]
pub(crate) struct Db {
    reading: Reading,
    writing: Writing,
}

#[derive(Clone, Default)]
pub(crate) struct Reading(Arc<Inner>);

#[derive(Clone, Default)]
pub(crate) struct Writing(Arc<Inner>);

#[derive(Default)]
struct Inner {
    orders: Mutex<BTreeMap<OrderId, Order>>,
    record: Mutex<Vec<&'static str>>,
    broken: AtomicBool,
}

/// The error of a store that is out of order. Its text must not leave.
#[derive(Debug)]
pub(crate) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SQLITE_IOERR: disk I/O error in /var/lib/depot.db")
    }
}

impl std::error::Error for Broken {}

impl Store for Db {
    type Read = Reading;
    type Write = Writing;

    fn reader(&self) -> &Reading {
        &self.reading
    }

    fn writer(&self, _: &secure_api::object::Writing) -> &Writing {
        &self.writing
    }
}

impl Db {
    /// Creates a store with these orders.
    pub(crate) fn with(orders: impl IntoIterator<Item = Order>) -> Self {
        let inner = Arc::new(Inner::default());
        let db = Self { reading: Reading(Arc::clone(&inner)), writing: Writing(inner) };
        db.put(orders);
        db
    }

    /// Puts orders in their places, without a record.
    pub(crate) fn put(&self, orders: impl IntoIterator<Item = Order>) {
        let mut held = self.reading.0.orders.lock().expect("no panic under the lock");
        held.extend(orders.into_iter().map(|order| (order.id, order)));
    }

    /// Takes the record of the calls to the store so far: `read order`, `write order`, …; and forgets it.
    pub(crate) fn take_record(&self) -> Vec<&'static str> {
        std::mem::take(&mut *self.reading.0.record.lock().expect("no panic under the lock"))
    }

    /// Makes everything unanswered from now on.
    pub(crate) fn break_down(&self) {
        self.reading.0.broken.store(true, Ordering::SeqCst);
    }
}

impl Inner {
    fn note(&self, what: &'static str) -> Result<(), StoreError> {
        self.record.lock().expect("no panic under the lock").push(what);
        if self.broken.load(Ordering::SeqCst) { Err(Broken.into()) } else { Ok(()) }
    }
}

impl Reading {
    pub(crate) fn order(&self, id: OrderId) -> Result<Option<Order>, StoreError> {
        self.0.note("read order")?;
        Ok(self.0.orders.lock().expect("no panic under the lock").get(&id).cloned())
    }

    pub(crate) fn orders(&self, owner: Option<&CallerId>) -> Result<Vec<Order>, StoreError> {
        self.0.note("read orders")?;
        let orders = self.0.orders.lock().expect("no panic under the lock");
        let fits = |order: &&Order| owner.is_none_or(|owner| order.owner == *owner);
        Ok(orders.values().filter(fits).cloned().collect())
    }
}

impl Writing {
    pub(crate) fn put(&self, order: Order) -> Result<(), StoreError> {
        self.0.note("write order")?;
        self.0.orders.lock().expect("no panic under the lock").insert(order.id, order);
        Ok(())
    }

    pub(crate) fn remove(&self, id: OrderId) -> Result<(), StoreError> {
        self.0.note("remove order")?;
        self.0.orders.lock().expect("no panic under the lock").remove(&id);
        Ok(())
    }
}
