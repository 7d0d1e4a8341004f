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
pub struct Other(Uuid);

#[object(owner = writer, key = String)]
impl Object for Note {
    async fn load(_: &Reader<Db>, _: String, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

fn main() {}
