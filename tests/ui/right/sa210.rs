//! `mine` shows a view to the owner of an object. Without `OWNER` nobody knows who that is, so nobody would ever see that
//! view. `OWNER` names the owner's `CallerId`, which has issuer, tenant and subject, and is compared with that of the
//! caller for each object by itself. This holds at compile time.
//!
//! Wrong: view/mine_without_owner

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct NoteId(u64);

#[derive(Resource)]
#[view(NoteLine, role = Role::Customer, fields(id))]
#[view(NoteOwn, role = Role::Customer, extends = NoteLine, fields(draft))]
pub struct Note {
    id: NoteId,
    draft: String,
    owner: CallerId,
}

impl Object for Note {
    type Key = NoteId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();
    const OWNER: Option<fn(&Self) -> Option<&CallerId>> = Some(|note| Some(&note.owner));

    async fn load(
        _db: &Reader<Db>,
        _key: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }

    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        action == Action::Read || self.owner == *caller.id()
    }

    fn scope(_: &Caller<Role>) {}
}

#[get("/notes/{note}", version = Version::V1.., role = Role::Customer, view(mine => NoteOwn, _ => NoteLine))]
async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}
