//! An object has a key, a store and roles, and a function that loads it. `#[object]` takes the first three from its own
//! keys, from the block's types or from the arguments of `load`; where none of them says it, nobody could load anything.
//! This holds at compile time.
//!
//! Wrong: object/attribute_without_key

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct NoteId(u64);

pub struct Note {
    owner: CallerId,
}

#[object(key = NoteId, owner = owner)]
impl Object for Note {
    async fn load(
        _: &Reader<Db>,
        _: Self::Key,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}
