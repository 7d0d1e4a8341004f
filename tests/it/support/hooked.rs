//! A ledger in memory, and what a test does to each question before it gets there: counts it, fails it, says nothing.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use secure_api::ledger::{
    Charge, Charged, Kept, Ledger, LedgerError, Memory, Name, Points, Record,
};

/// The operations of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    First,
    Revoke,
    Revoked,
    Insert,
    Get,
    Replace,
    Remove,
    Group,
    Charge,
    Refund,
    /// Scores that are asked for, and those of them that points are added to.
    Add {
        asked: usize,
        added: usize,
    },
}

/// The fate of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Answered,
    /// Answered, without the last of the names or limits that were asked about.
    Shortened,
    Failed,
    /// Done, and failed for whoever asked.
    Untold,
    /// Answered so much later.
    Late(Duration),
    /// Neither answered nor failed, ever.
    Ignored,
}

type Hook = dyn Fn(Operation) -> Fate + Send + Sync;

/// The ledger. Clones share it.
#[derive(Clone)]
pub(crate) struct Hooked {
    memory: Memory,
    hook: Arc<Hook>,
}

impl Hooked {
    /// Creates one whose questions have the fate that the function says.
    pub(crate) fn new(
        memory: Memory,
        hook: impl Fn(Operation) -> Fate + Send + Sync + 'static,
    ) -> Self {
        Self { memory, hook: Arc::new(hook) }
    }

    /// Creates one in which these operations fail while the switch is on. The function is asked of each question, and may count them.
    pub(crate) fn switched(
        memory: Memory,
        fails: impl Fn(Operation) -> bool + Send + Sync + 'static,
    ) -> (Self, Arc<AtomicBool>) {
        let switch = Arc::new(AtomicBool::new(false));
        let is_on = Arc::clone(&switch);
        let hook = move |operation| match fails(operation) && is_on.load(Ordering::SeqCst) {
            true => Fate::Failed,
            false => Fate::Answered,
        };
        (Self::new(memory, hook), switch)
    }

    async fn ask<T>(
        &self,
        operation: Operation,
        answer: impl Future<Output = Result<T, LedgerError>>,
        shorten: fn(&mut T),
    ) -> Result<T, LedgerError> {
        match (self.hook)(operation) {
            Fate::Answered => answer.await,
            Fate::Shortened => answer.await.map(|mut answer| {
                shorten(&mut answer);
                answer
            }),
            Fate::Failed => Err(LedgerError::new("the connection was lost")),
            Fate::Untold => {
                let _ = answer.await;
                Err(LedgerError::new("the answer was lost"))
            }
            Fate::Late(by) => {
                let answer = answer.await;
                tokio::time::sleep(by).await;
                answer
            }
            Fate::Ignored => std::future::pending().await,
        }
    }
}

/// Leaves an answer as it is, of which nothing can be left out.
fn whole<T>(_: &mut T) {}

impl Ledger for Hooked {
    async fn first(&self, name: Name, until: i64) -> Result<bool, LedgerError> {
        self.ask(Operation::First, self.memory.first(name, until), whole).await
    }

    async fn revoke(&self, name: Name, before: i64, until: i64) -> Result<(), LedgerError> {
        self.ask(Operation::Revoke, self.memory.revoke(name, before, until), whole).await
    }

    async fn revoked(&self, names: &[Name]) -> Result<Vec<Option<i64>>, LedgerError> {
        let shorten = |times: &mut Vec<Option<i64>>| times.truncate(times.len().saturating_sub(1));
        self.ask(Operation::Revoked, self.memory.revoked(names), shorten).await
    }

    async fn insert(&self, name: Name, record: Record) -> Result<bool, LedgerError> {
        self.ask(Operation::Insert, self.memory.insert(name, record), whole).await
    }

    async fn get(&self, name: Name) -> Result<Option<Kept>, LedgerError> {
        self.ask(Operation::Get, self.memory.get(name), whole).await
    }

    async fn replace(&self, name: Name, version: u64, with: Record) -> Result<bool, LedgerError> {
        self.ask(Operation::Replace, self.memory.replace(name, version, with), whole).await
    }

    async fn remove(&self, name: Name) -> Result<bool, LedgerError> {
        self.ask(Operation::Remove, self.memory.remove(name), whole).await
    }

    async fn group(&self, group: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        self.ask(Operation::Group, self.memory.group(group), whole).await
    }

    async fn charge(&self, charges: &[Charge]) -> Result<Charged, LedgerError> {
        let shorten =
            |charged: &mut Charged| charged.left.truncate(charged.left.len().saturating_sub(1));
        self.ask(Operation::Charge, self.memory.charge(charges), shorten).await
    }

    async fn refund(&self, charges: &[Charge], at: u64) -> Result<(), LedgerError> {
        self.ask(Operation::Refund, self.memory.refund(charges, at), whole).await
    }

    async fn add(&self, points: &[Points]) -> Result<Vec<f64>, LedgerError> {
        let added = points.iter().filter(|points| points.points > 0.0).count();
        let operation = Operation::Add { asked: points.len(), added };
        self.ask(operation, self.memory.add(points), whole).await
    }
}
