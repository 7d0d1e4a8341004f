//! The audit log, for admins.

use secure_api::prelude::*;

use crate::{
    db::Db,
    event::{Event, EventLine, EventQuery},
    limit::BROWSE,
    role::Role,
    version::Version,
};

/// Lists what was done, the latest first.
#[get("/events", version = Version::V1.., role = Role::Admin, limit = BROWSE, view = EventLine)]
pub async fn list_events(
    Query(query): Query<EventQuery>,
    db: Reader<Db>,
) -> Result<Page<Event>, StoreError> {
    Ok(Page::new(Event::list(&db, &query).await?))
}
