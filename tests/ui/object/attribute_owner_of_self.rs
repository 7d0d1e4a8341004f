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

#[object(owner = self.writer)]
impl Object for Note {
    async fn load(_: &Reader<Db>, _: NoteId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

fn own(scope: &Owned, note: &Note) -> bool {
    scope.includes(&note.writer)
}

fn main() {
    let _ = own;
}
