#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct NoteId(u32);

#[derive(Resource)]
#[view(NoteLine, role = Role::Customer, fields(text))]
pub struct Note {
    text: String,
    owner: CallerId,
}

#[object(owner = owner)]
impl Object for Note {
    async fn load(db: Reader<Db>, id: NoteId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
        let _ = (db, id);
        Ok(None)
    }
}

#[get("/notes/{note}", version = Version::V1.., role = Role::Customer, view = NoteLine)]
async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_note))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
