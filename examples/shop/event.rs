//! The log of events: who did what. Events are recorded in the change that they tell of, so neither is there without
//! the other.

use std::{collections::BTreeMap, fmt::Display};

use secure_api::prelude::*;
use sqlx::{FromRow, SqlitePool};

use crate::{
    db::{Change, Seconds},
    role::Role,
};

/// The number of an event.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[value(range = 1..=1_000_000_000_000)]
pub struct EventId(i64);

/// The kind of an event.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An order was placed.
    OrderPlaced,
    /// An order that was not checked out was changed.
    OrderChanged,
    /// An order that was not checked out was withdrawn.
    OrderWithdrawn,
    /// An order that was not checked out was given to somebody else.
    OrderGiven,
    /// An order was checked out.
    OrderCheckedOut,
    /// An order was paid.
    OrderPaid,
    /// A price was changed.
    PriceChanged,
    /// A product went out of stock, or came back.
    StockChanged,
    /// A product has another picture.
    PictureChanged,
    /// A user name was changed.
    UserNameChanged,
    /// Contact details were changed.
    ContactChanged,
    /// Somebody signed in.
    SignedIn,
    /// Somebody tried to sign in and could not.
    SignInRefused,
}

/// Something that was done.
#[derive(Resource, FromRow)]
#[view(EventLine, role = Role::Admin, fields(id, at, actor, kind, target))]
pub struct Event {
    /// Its number; later events have greater ones.
    pub id: EventId,
    /// The time.
    #[sqlx(try_from = "Seconds")]
    pub at: Timestamp,
    /// The account that did it, if it is known.
    pub actor: Option<String>,
    /// The kind of event.
    pub kind: Kind,
    /// The thing that it was done to.
    pub target: String,
}

/// The filter of a list of events.
#[derive(Input)]
#[input(check = EventQuery::is_a_span)]
pub struct EventQuery {
    /// The time from which on.
    pub from: Option<Timestamp>,
    /// The time before which.
    pub before: Option<Timestamp>,
}

impl EventQuery {
    fn is_a_span(&self) -> Result<(), InvalidValue> {
        match (self.from, self.before) {
            (Some(from), Some(before)) if from >= before => {
                Err(InvalidValue::new("span", "the span ends after it begins").at("before"))
            }
            _ => Ok(()),
        }
    }
}

/// The summary of the log.
#[derive(Resource)]
#[view(EventCounts, role = Role::Admin, fields(counts))]
pub struct EventSummary {
    /// The number of events of each kind.
    pub counts: BTreeMap<String, u32>,
}

impl EventSummary {
    /// Counts the whole log.
    pub async fn of(db: &SqlitePool) -> Result<Self, StoreError> {
        let counts: Vec<(String, u32)> =
            sqlx::query_as("SELECT kind, count(*) FROM events GROUP BY kind").fetch_all(db).await?;
        Ok(Self { counts: counts.into_iter().collect() })
    }
}

/// Records an event as a part of a change. `actor` is the subject of whoever did it, if that is known.
pub async fn record(
    change: &mut Change,
    clock: &Clock,
    actor: Option<&str>,
    kind: Kind,
    target: impl Display,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO events (at, actor, kind, target) VALUES (?, ?, ?, ?)")
        .bind(clock.unix_seconds())
        .bind(actor)
        .bind(kind)
        .bind(target.to_string())
        .execute(&mut **change)
        .await?;
    Ok(())
}

impl Event {
    /// Lists a page of events, the latest first.
    pub async fn list(
        db: &SqlitePool,
        query: &EventQuery,
        paging: &Paging<EventId>,
    ) -> Result<Vec<Self>, StoreError> {
        let page = sqlx::query_as(
            "SELECT * FROM events
             WHERE (?1 IS NULL OR id < ?1) AND (?2 IS NULL OR at >= ?2) AND (?3 IS NULL OR at < ?3)
             ORDER BY id DESC LIMIT ?4",
        )
        .bind(paging.position().copied())
        .bind(query.from.map(Timestamp::as_second))
        .bind(query.before.map(Timestamp::as_second))
        .bind(paging.limit())
        .fetch_all(db);
        Ok(page.await?)
    }
}
