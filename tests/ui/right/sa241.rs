//! A fact that stands at two places can disagree with itself: whoever changes the owner at one of them has changed nothing.
//! What the block has stays as it is, so the key is the one to remove. This holds at compile time.
//!
//! Wrong: object/attribute_owner_twice

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct NoteId(u64);

pub struct Note {
    owner: CallerId,
}

#[object(owner = owner)]
impl Object for Note {
    async fn load(
        _: &Reader<Db>,
        _: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}
