//! The query that lists asks what a caller may list. It follows from the owner, and from the roles that may read all; not from
//! a rule that somebody wrote, and not where roles read what is of one tenant: only the query knows its columns. This holds at
//! compile time.
//!
//! Wrong: object/attribute_scope_beside_permits

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct NoteId(u64);

pub struct Note {
    owner: CallerId,
}

#[object(owner = owner)]
impl Object for Note {
    async fn load(
        _: &Reader<Db>,
        _: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        action == Action::Read || self.owner == *caller.id()
    }

    fn scope(_: &Caller<Role>) {}
}
