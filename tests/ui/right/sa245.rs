//! An owner is a `CallerId`: issuer, tenant and subject as one value. A text may be the subject of another issuer, and then
//! somebody else is taken for the owner. This holds at compile time.
//!
//! Wrong: object/attribute_owner_is_text

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct NoteId(u64);

pub struct Note {
    owner: Option<CallerId>,
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
