#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text))]
pub struct Note {
    tenant: String,
    text: String,
}

impl Object for Note {
    const TENANT: Option<fn(&Self) -> &str> = Some(|note| &note.tenant);
    type Key = OrderId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();
    async fn load(_: &Reader<Db>, _: OrderId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        true
    }
    fn scope(_: &Caller<Role>) {}
}

#[get("/notes/{note}", version = Version::V1.., role = Role::Customer, view = NoteView,
      allow(untenanted, reason = "support looks at all of them"))]
async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}

#[api(roles = Role, versions = Version, limit = BROWSE, tenants, routes(get_note))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
