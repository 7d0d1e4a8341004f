#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

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
    async fn load(_: &Reader<Db>, _: NoteId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
    fn permits(&self, _: &Caller<Role>, action: Action) -> bool {
        action == Action::Read
    }
    fn scope(_: &Caller<Role>) {}
}

#[get("/notes/{note}", version = Version::V1.., role = Role::Customer, view(mine => NoteOwn, mine => NoteOwn, _ => NoteLine))]
async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_note))]
pub struct Notes;

fn main() {
    drop(Notes::app());
}
