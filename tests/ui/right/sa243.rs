//! The rule of an object follows from its owner, from roles or from `permits`. Without any of them it would permit nobody, and
//! no route could show the object. This holds at compile time.
//!
//! Wrong: object/attribute_without_rule

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
