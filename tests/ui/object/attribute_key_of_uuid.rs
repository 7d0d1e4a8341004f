#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

pub struct Note {
    writer: CallerId,
    tenant: String,
}

#[derive(Value, Clone, Copy)]
#[value(key)]
pub struct NoteId(Uuid);

#[object(owner = writer)]
impl Object for Note {
    async fn load(_: &Reader<Db>, _: Uuid, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

#[delete("/notes/{note}", version = Version::V1.., role = Role::Customer)]
async fn touch(note: Authorized<Note>) -> NoContent {
    drop(note);
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(touch),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
