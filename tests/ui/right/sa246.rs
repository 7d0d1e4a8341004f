//! A tenant is known by its name in tokens, and compared with it. A number in a column is some other name of it. This holds at
//! compile time.
//!
//! Wrong: object/attribute_tenant_is_a_number

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
pub struct NoteId(u64);

pub struct Note {
    owner: CallerId,
    team: String,
}

#[object(owner = owner, tenant = team)]
impl Object for Note {
    async fn load(
        _: &Reader<Db>,
        _: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}
