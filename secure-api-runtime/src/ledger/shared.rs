//! A ledger whose type is forgotten.

use futures_util::future::{BoxFuture, FutureExt};

use super::{Charge, Charged, Kept, Ledger, LedgerError, Name, Points, Record};
use crate::error::StartProblem;

/// The answer of a ledger that has to be waited for.
type Later<'a, T> = BoxFuture<'a, Result<T, LedgerError>>;

/// A [`Ledger`] as a trait object.
pub(crate) trait AnyLedger: Send + Sync {
    fn problems(&self) -> Vec<StartProblem>;
    fn ready(&self) -> BoxFuture<'_, Result<(), StartProblem>>;
    fn first(&self, name: Name, until: i64) -> Later<'_, bool>;
    fn revoke(&self, name: Name, issued_before: i64, until: i64) -> Later<'_, ()>;
    fn revoked<'a>(&'a self, names: &'a [Name]) -> Later<'a, Vec<Option<i64>>>;
    fn insert(&self, name: Name, record: Record) -> Later<'_, bool>;
    fn get(&self, name: Name) -> Later<'_, Option<Kept>>;
    fn replace(&self, name: Name, version: u64, record: Record) -> Later<'_, bool>;
    fn remove(&self, name: Name) -> Later<'_, bool>;
    fn group(&self, group: Name) -> Later<'_, Vec<(Name, Kept)>>;
    fn charge<'a>(&'a self, charges: &'a [Charge]) -> Later<'a, Charged>;
    fn refund<'a>(&'a self, charges: &'a [Charge], at: u64) -> Later<'a, ()>;
    fn add<'a>(&'a self, points: &'a [Points]) -> Later<'a, Vec<f64>>;
}

/// A ledger of an app's own.
pub(crate) struct Own<L>(pub(crate) L);

impl<L: Ledger> AnyLedger for Own<L> {
    fn problems(&self) -> Vec<StartProblem> {
        self.0.problems()
    }

    fn ready(&self) -> BoxFuture<'_, Result<(), StartProblem>> {
        self.0.ready().boxed()
    }

    fn first(&self, name: Name, until: i64) -> Later<'_, bool> {
        self.0.first(name, until).boxed()
    }

    fn revoke(&self, name: Name, issued_before: i64, until: i64) -> Later<'_, ()> {
        self.0.revoke(name, issued_before, until).boxed()
    }

    fn revoked<'a>(&'a self, names: &'a [Name]) -> Later<'a, Vec<Option<i64>>> {
        self.0.revoked(names).boxed()
    }

    fn insert(&self, name: Name, record: Record) -> Later<'_, bool> {
        self.0.insert(name, record).boxed()
    }

    fn get(&self, name: Name) -> Later<'_, Option<Kept>> {
        self.0.get(name).boxed()
    }

    fn replace(&self, name: Name, version: u64, record: Record) -> Later<'_, bool> {
        self.0.replace(name, version, record).boxed()
    }

    fn remove(&self, name: Name) -> Later<'_, bool> {
        self.0.remove(name).boxed()
    }

    fn group(&self, group: Name) -> Later<'_, Vec<(Name, Kept)>> {
        self.0.group(group).boxed()
    }

    fn charge<'a>(&'a self, charges: &'a [Charge]) -> Later<'a, Charged> {
        self.0.charge(charges).boxed()
    }

    fn refund<'a>(&'a self, charges: &'a [Charge], at: u64) -> Later<'a, ()> {
        self.0.refund(charges, at).boxed()
    }

    fn add<'a>(&'a self, points: &'a [Points]) -> Later<'a, Vec<f64>> {
        self.0.add(points).boxed()
    }
}
