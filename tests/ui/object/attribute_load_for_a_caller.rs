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
    async fn load(_: &Reader<Db>, _: NoteId, _: &Caller<Role>) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

fn main() {}
