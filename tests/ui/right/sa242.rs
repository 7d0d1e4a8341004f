//! `read`, `create`, `update` and `delete` say who may do it, beside the owner, in the rule that `#[object]` makes. Where the
//! block has a rule of its own, nothing asks them: whoever reads the attribute would believe what does not hold. This holds at
//! compile time.
//!
//! Wrong: object/attribute_read_beside_permits

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct NoteId(u64);

pub struct Note {
    owner: CallerId,
}

#[object(owner = owner, read = Role::Support)]
impl Object for Note {
    async fn load(
        _: &Reader<Db>,
        _: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}
