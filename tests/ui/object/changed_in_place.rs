#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1_000_000)]
pub struct NoteId(u64);

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(id, text))]
pub struct Note {
    id: NoteId,
    writer: CallerId,
    text: String,
}

#[object(owner = writer)]
impl Object for Note {
    async fn load(_: &Reader<Db>, _: NoteId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

#[put("/notes/{note}", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn put_note(mut note: Authorized<Note>, Json(new): Json<NewOrder>) -> Authorized<Note> {
    note.text = new.note;
    note
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(put_note))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
