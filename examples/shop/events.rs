//! The audit log, for admins.

use secure_api::prelude::*;

use crate::{
    db::Db,
    event::{Event, EventId, EventLine},
    limit::BROWSE,
    role::Role,
    version::Version,
};

/// Lists what was done, the latest first.
#[get("/events", version = Version::V1.., role = Role::Admin, limit = BROWSE, view = EventLine)]
pub async fn list_events(
    paging: Paging<EventId>,
    db: Reader<Db>,
) -> Result<Page<Event>, StoreError> {
    let rows = Event::list(&db, &paging).await?;
    Ok(Page::paged(&paging, rows, |last| last.id))
}
