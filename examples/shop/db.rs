//! The database: one SQLite file, with a half that reads and a half that writes.
//!
//! Values go into a statement by `bind` alone. sqlx takes nothing but constant text as SQL, so a statement
//! cannot be put together from what a caller sent.

use std::{
    ops::{Deref, DerefMut},
    path::Path,
};

use secure_api::prelude::*;
use sqlx::{
    ConnectOptions, Connection, Sqlite, SqliteConnection, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

/// The shop's database. Handlers take it as `Reader<Db>` or `Writer<Db>`.
pub struct Db {
    read: SqlitePool,
    write: WriteHalf,
}

/// The half that writes: it does so in transactions only.
pub struct WriteHalf(SqlitePool);

/// A change: all of it happens at [`commit`](Self::commit), or nothing.
pub struct Change(Transaction<'static, Sqlite>);

impl Store for Db {
    type Read = SqlitePool;
    type Write = WriteHalf;

    fn reader(&self) -> &SqlitePool {
        &self.read
    }

    fn writer(&self, _: &Writing) -> &WriteHalf {
        &self.write
    }
}

impl WriteHalf {
    /// Begins a change. `IMMEDIATE` takes SQLite's write lock now, so that what the change reads stays true
    /// until it commits.
    pub async fn begin(&self) -> Result<Change, StoreError> {
        Ok(Change(self.0.begin_with("BEGIN IMMEDIATE").await?))
    }
}

impl Change {
    /// Makes it true. When this returns, it is on the disk.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}

impl Deref for Change {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.0
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}

/// A time as columns have it: in seconds since 1970.
#[derive(sqlx::Type)]
#[sqlx(transparent)]
pub struct Seconds(i64);

impl TryFrom<Seconds> for Timestamp {
    type Error = jiff::Error;

    fn try_from(Seconds(seconds): Seconds) -> Result<Self, jiff::Error> {
        Self::from_second(seconds)
    }
}

impl Db {
    /// Returns the half that reads and the one that writes, for what is no handler.
    pub fn halves(&self) -> (SqlitePool, SqlitePool) {
        (self.read.clone(), self.write.0.clone())
    }

    /// Opens the file, which is there, and brings its tables up to date.
    pub async fn open(file: &Path) -> sqlx::Result<Self> {
        // Statements are not logged: those of a migration have values in them.
        let options = SqliteConnectOptions::new()
            .filename(file)
            .foreign_keys(true)
            .disable_statement_logging();

        // SQLite has one writer at a time, so a second connection would only wait inside the database.
        // `Full` syncs the log at every commit: an order that was answered with 201 survives a power cut.
        let writing = options
            .clone()
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            // On a full disk SQLite ends a transaction by itself, and sqlx goes on counting it: no other could begin.
            .before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
            .connect_with(writing)
            .await?;
        sqlx::migrate!("examples/shop/migrations").run(&write).await?;

        // Opened read-only: a statement that writes fails in the database itself.
        let read = SqlitePoolOptions::new()
            .max_connections(8)
            .connect_with(options.read_only(true).pragma("query_only", "on"))
            .await?;
        Ok(Self { read, write: WriteHalf(write) })
    }
}
