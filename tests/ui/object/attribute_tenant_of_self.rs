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

#[object(owner = writer, tenant = Self::tenant)]
impl Object for Note {
    async fn load(_: &Reader<Db>, _: NoteId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

fn main() {}
