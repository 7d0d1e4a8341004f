//! The audit log, for admins.

use secure_api::prelude::*;

use crate::{
    db::Db,
    event::{Event, EventCounts, EventId, EventLine, EventQuery, EventSummary},
    limit::{AUDIT, AUDIT_DAILY, BROWSE},
    role::Role,
    version::Version,
};

/// Lists what was done, the latest first.
#[get("/events", version = Version::V1.., role = Role::Admin, limit = BROWSE, view = EventLine)]
pub async fn list_events(
    Query(query): Query<EventQuery>,
    paging: Paging<EventId>,
    db: Reader<Db>,
) -> Result<Page<Event>, StoreError> {
    let rows = Event::list(&db, &query, &paging).await?;
    Ok(Page::paged(&paging, rows, |last| last.id))
}

/// Counts what was done, by kind. A token for it has the scope `audit:read` besides the role.
#[get("/events/summary", version = Version::V2.., role = Role::Admin, scope = "audit:read",
      limit = [AUDIT, AUDIT_DAILY], timeout = Duration::from_secs(5), view = EventCounts)]
pub async fn summarize_events(db: Reader<Db>) -> Result<EventSummary, StoreError> {
    EventSummary::of(&db).await
}
