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

/// A link to a route whose key nobody knows is no second mistake.
#[post("/notes", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn write_note(caller: Caller<Role>) -> Result<Created<Authorized<Note>>, ShopError> {
    let id = NoteId::new(7).map_err(|_| ShopError::OutOfStock)?;
    let note = Note { id, writer: caller.id().clone(), text: String::new() };
    let note = Authorized::create(note, &caller).map_err(|_| ShopError::OutOfStock)?;
    Ok(Created::at::<get_note>(id, note))
}

#[get("/notes/{note}", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn get_note(note: NoteId, notes: Scoped<Note>) -> Option<Authorized<Note>> {
    drop(note);
    notes.one(None)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(write_note, get_note))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
