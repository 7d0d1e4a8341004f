//! The ledger: what an app remembers of its callers between requests, on one machine or on many.
//!
//! [`Ledger`] is the trait: names that are seen once, revocations, records that end, limits that are charged, and scores.
//! [`Memory`] keeps all of it in the process. `AppLedger` is what the rest of the runtime asks: it makes the names, by a keyed
//! hash, and seals the records.

mod app;
mod attempt;
mod begun;
mod cells;
mod charge;
mod error;
mod memory;
mod name;
mod record;
#[cfg(feature = "redis")]
mod redis;
mod shared;

use std::future::Future;

pub(crate) use app::AppLedger;
pub(crate) use attempt::Attempt;
pub(crate) use begun::Begun;
pub(crate) use cells::{Cells, Demand, Left, charge, nanos, refund};

pub use charge::{Bound, Charge, Charged, Measured, Points};
pub use error::LedgerError;
pub use memory::Memory;
pub use name::Name;
pub use record::{Kept, Record};
#[cfg(feature = "redis")]
pub use redis::Redis;
pub(crate) use shared::{AnyLedger, Own};

use crate::error::StartProblem;

/// A ledger: what the machines of one app remember together.
///
/// All that it is told are names, times and sealed records: it learns neither who a caller is nor what they may do. An app
/// takes one by [`ledger`](crate::app::AppBuilder::ledger), and has a [`Memory`] of its own without. Times are seconds since
/// 1970.
///
/// Each of its operations is atomic, also between machines: of two that record one name at once, one is the first. Where it
/// fails, a request that needs its answer is refused by 503; nobody is let in because nothing was remembered.
///
/// ```
/// use secure_api::{ledger::Memory, prelude::*};
///
/// # #[derive(Role)] enum Role { Member }
/// # #[derive(Version)] enum Version { V1 }
/// /// Ends the caller's visit.
/// #[delete("/visit", version = Version::V1.., role = Role::Member)]
/// async fn leave() -> NoContent {
///     NoContent
/// }
///
/// #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(leave))]
/// struct House;
///
/// # fn main() -> Result<(), StartError> {
/// // Two apps of one process that remember together, as a test of what several machines do.
/// let (ledger, secret) = (Memory::new(Clock::system()), || SecretBytes::env("HOUSE_SECRET"));
/// let one = House::app().secret(secret()).ledger(ledger.clone());
/// let two = House::app().secret(secret()).ledger(ledger);
/// # drop((one, two));
/// # Ok(()) }
/// ```
#[diagnostic::on_unimplemented(
    message = "SA112: `{Self}` is not a store of what machines share",
    label = "no ledger",
    note = "write `impl Ledger for {Self}`, on the table that keeps it"
)]
pub trait Ledger: Send + Sync + 'static {
    /// Returns what keeps an app from starting with this ledger, as far as it shows without asking anybody. By default nothing
    /// does.
    fn problems(&self) -> Vec<StartProblem> {
        Vec::new()
    }

    /// Asks if it can remember, once before the app serves. Whoever has a server of their own asks by
    /// [`ready`](crate::app::App::ready). By default nobody is asked.
    ///
    /// # Errors
    ///
    /// The reason for which the app must not serve.
    fn ready(&self) -> impl Future<Output = Result<(), StartProblem>> + Send {
        async { Ok(()) }
    }

    /// Records that a name was seen, until a time. `true` the first time, and `false` until then.
    fn first(
        &self,
        name: Name,
        until: i64,
    ) -> impl Future<Output = Result<bool, LedgerError>> + Send;

    /// Refuses the credentials with this name that were issued before a time, until their end. Of two revocations of one name
    /// the later times count: nothing is taken back.
    fn revoke(
        &self,
        name: Name,
        issued_before: i64,
        until: i64,
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// Returns, for each of these names, the time before which its credentials are refused, if it is revoked.
    fn revoked(
        &self,
        names: &[Name],
    ) -> impl Future<Output = Result<Vec<Option<i64>>, LedgerError>> + Send;

    /// Adds a record. `false` if there is one of this name.
    fn insert(
        &self,
        name: Name,
        record: Record,
    ) -> impl Future<Output = Result<bool, LedgerError>> + Send;

    /// Returns a record that has not ended.
    fn get(&self, name: Name) -> impl Future<Output = Result<Option<Kept>, LedgerError>> + Send;

    /// Puts a record in the place of one that is still as it was read. `false` if it is gone, or somebody else was faster. One
    /// whose end has passed is so removed.
    fn replace(
        &self,
        name: Name,
        version: u64,
        record: Record,
    ) -> impl Future<Output = Result<bool, LedgerError>> + Send;

    /// Removes a record. `false` if there is none.
    fn remove(&self, name: Name) -> impl Future<Output = Result<bool, LedgerError>> + Send;

    /// Returns the records of a group that have not ended, in any order.
    fn group(
        &self,
        group: Name,
    ) -> impl Future<Output = Result<Vec<(Name, Kept)>, LedgerError>> + Send;

    /// Charges all of these limits, or none of them. Each is measured by the ledger's own clock, and nobody gets in between.
    ///
    /// A store of several machines may charge the cells of each slot by themselves, and give them back where another slot
    /// refused: others may then wait too long meanwhile, and nobody passes who should not.
    ///
    /// Whoever asked may hang up, which drops the future. A place among requests at one time that was taken then is to be given
    /// back by the ledger, or is held until its lease ends.
    fn charge(
        &self,
        charges: &[Charge],
    ) -> impl Future<Output = Result<Charged, LedgerError>> + Send;

    /// Gives back what was charged at a time, or the place that was taken then.
    fn refund(
        &self,
        charges: &[Charge],
        at: u64,
    ) -> impl Future<Output = Result<(), LedgerError>> + Send;

    /// Adds points to scores, and returns what each is now. A score loses half of its points in its half-life.
    ///
    /// No request waits for it: the counts of a caller's [`behavior`](crate::behavior) are told behind the answers, many of them at
    /// once.
    fn add(&self, points: &[Points]) -> impl Future<Output = Result<Vec<f64>, LedgerError>> + Send;
}
