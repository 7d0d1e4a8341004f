//! A ledger in a Redis, which the machines of one app share.
//!
//! `line` is the connection, `script` what runs in the Redis, in `lua`. `charge`, `record` and `revoked` say the operations in
//! commands; `start` asks before the app serves if the Redis can remember at all.

mod address;
mod charge;
mod connect;
mod key;
mod line;
mod options;
mod record;
mod revoked;
mod score;
mod script;
mod start;
#[cfg(test)]
mod tests;

use std::{fmt, future::Future, sync::Arc, time::Duration};

use redis::{RedisError, RedisResult, aio::MultiplexedConnection};
use tokio::time::timeout;

use self::{line::Line, options::Options, record::Share};
use super::{Charge, Charged, Kept, Ledger, LedgerError, Name, Points, Record};
use crate::{
    error::StartProblem,
    secret::{NamesOrigin, SecretBytes},
};

/// A ledger in a Redis 7 or a Valkey, which all machines of one app share. Clones share its connection.
///
/// ```no_run
/// # use secure_api::app::AppBuilder;
/// use secure_api::{ledger::Redis, prelude::*};
///
/// # fn shared(app: AppBuilder) -> AppBuilder {
/// let redis = Redis::connect("rediss://shop@redis.example").password(SecretBytes::env("REDIS_PASSWORD"));
/// app.secret(SecretBytes::env("SHOP_SECRET").base64()).ledger(redis)
/// # }
/// ```
///
/// Nothing is connected before the app starts. It does not start where the URL is none (SA134), and is not served where the Redis
/// cannot be used (SA135): it does not answer, or has room for a while only.
///
/// Each operation has a [deadline](Self::deadline), and whatever decides is one script, which nobody gets in between of. Limits and
/// scores are told the time by the Redis, so machines need not agree on it for them. While it is not there, each operation fails at
/// once, and one task tries to reach it, ever more slowly. What could not be answered in time may have been done: a charge is then
/// lost to its caller, and a proof counts as seen.
///
/// The Redis is told hashes and sealed contents. One that loses what it was told lets limits begin anew and knows of no
/// revocation, so it keeps a log (`appendonly yes`).
#[derive(Clone)]
pub struct Redis {
    options: Arc<Options>,
    line: Arc<Line>,
}

impl Redis {
    /// Names a Redis by its URL, as `rediss://redis.example:6379`: `rediss` is TLS, `redis` is none. It may have a user, a password
    /// and the number of a database; `unix:///run/redis.sock` is a socket of this machine.
    ///
    /// It does not connect yet, and does not fail: an app with a URL that is none does not start (SA134).
    pub fn connect(url: impl AsRef<str>) -> Self {
        Self::with(Options::new(url.as_ref()))
    }

    /// Sets the user, for a socket of this machine, whose URL names none.
    #[must_use]
    pub fn user(self, user: impl Into<String>) -> Self {
        self.change(|options| {
            if let Ok(address) = &mut options.address {
                address.user = Some(user.into());
            }
        })
    }

    /// Sets the password of the URL's user, or of the default one, from where the deployment keeps it.
    #[must_use]
    pub fn password(self, password: impl NamesOrigin) -> Self {
        let password: SecretBytes = password.secret();
        self.change(|options| options.set_password(&password))
    }

    /// Sets the authorities whose certificates are trusted, in PEM, in the place of those of this machine.
    #[must_use]
    pub fn authorities(self, pem: impl AsRef<[u8]>) -> Self {
        self.change(|options| options.trust(pem.as_ref().to_vec()))
    }

    /// Sets the deadline of one operation. The default is 50 milliseconds: long for a network, short for a caller.
    #[must_use]
    pub fn deadline(self, deadline: Duration) -> Self {
        self.change(|options| options.deadline = deadline)
    }

    /// Sets the room that one holder has at a time: the steps and idempotency keys of one caller, in number and in bytes. The
    /// defaults are 50 000 and 32 MiB; what a caller has no room for is refused by 503, and others find theirs.
    #[must_use]
    pub fn share(self, records: u32, bytes: u64) -> Self {
        self.change(|options| options.share = Share { records, bytes })
    }

    fn change(self, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Arc::unwrap_or_clone(self.options);
        change(&mut options);
        Self::with(options)
    }

    fn with(options: Options) -> Self {
        Self { options: Arc::new(options), line: Arc::default() }
    }

    /// Asks the Redis something, within the deadline.
    async fn ask<T, F>(
        &self,
        ask: impl FnOnce(MultiplexedConnection) -> F,
    ) -> Result<T, LedgerError>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let Self { options, line } = self;
        let mut asked = false;
        let answer = timeout(options.deadline, async {
            let connection = line.connection(options).await?;
            asked = true;
            let answer = ask(connection).await;
            line.answered();
            answer.map_err(|error| self.failed(error))
        });
        match answer.await {
            Ok(answer) => answer,
            Err(_) => {
                if asked {
                    line.silent(options.deadline);
                }
                Err(LedgerError::new(format!("Redis said nothing for {:?}", options.deadline)))
            }
        }
    }

    fn failed(&self, error: RedisError) -> LedgerError {
        // Another one has become the one that takes what is written; its name leads there.
        if matches!(error.kind(), redis::ErrorKind::Server(redis::ServerErrorKind::ReadOnly)) {
            self.line.break_off("it has become a replica");
        }
        LedgerError::new(error)
    }
}

impl Ledger for Redis {
    fn problems(&self) -> Vec<StartProblem> {
        self.options.all_problems()
    }

    async fn ready(&self) -> Result<(), StartProblem> {
        start::check(&self.options).await
    }

    async fn first(&self, name: Name, until: i64) -> Result<bool, LedgerError> {
        self.ask(|redis| revoked::first(redis, name, until)).await
    }

    async fn revoke(&self, name: Name, issued_before: i64, until: i64) -> Result<(), LedgerError> {
        self.ask(|redis| revoked::revoke(redis, name, issued_before, until)).await
    }

    async fn revoked(&self, names: &[Name]) -> Result<Vec<Option<i64>>, LedgerError> {
        self.ask(|redis| revoked::revoked(redis, names)).await
    }

    async fn insert(&self, name: Name, record: Record) -> Result<bool, LedgerError> {
        let share = self.options.share;
        self.ask(|redis| record::insert(redis, name, record, share)).await?
    }

    async fn get(&self, name: Name) -> Result<Option<Kept>, LedgerError> {
        self.ask(|redis| record::get(redis, name)).await?
    }

    async fn replace(&self, name: Name, version: u64, record: Record) -> Result<bool, LedgerError> {
        let share = self.options.share;
        self.ask(|redis| record::replace(redis, name, version, record, share)).await?
    }

    async fn remove(&self, name: Name) -> Result<bool, LedgerError> {
        self.ask(|redis| record::remove(redis, name)).await?
    }

    async fn group(&self, group: Name) -> Result<Vec<(Name, Kept)>, LedgerError> {
        self.ask(|redis| record::group(redis, group)).await?
    }

    async fn charge(&self, charges: &[Charge]) -> Result<Charged, LedgerError> {
        if charges.iter().any(Charge::is_of_place) {
            self.ask(|redis| charge::hold(redis, charges)).await
        } else {
            self.ask(|redis| charge::charge(redis, charges)).await
        }
    }

    async fn refund(&self, charges: &[Charge], at: u64) -> Result<(), LedgerError> {
        self.ask(|redis| charge::refund(redis, charges, at)).await
    }

    async fn add(&self, points: &[Points]) -> Result<Vec<f64>, LedgerError> {
        self.ask(|redis| score::add(redis, points)).await
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redis({})", self.options.shown())
    }
}
