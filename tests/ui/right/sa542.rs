//! Free JSON has three bounds, in the order of its type: bytes, levels, and the items and members of all levels together. A request
//! nests 32 levels, and a value has a byte at least, so no other bounds are ever met. This holds at compile time.
//!
//! Wrong: input/free_json_of_no_bytes

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewWidget {
    settings: FreeJson<4096, 4, 100>,
}

#[post("/widgets", version = Version::V1.., role = Role::Customer)]
async fn configure(_widget: Json<NewWidget>) -> Accepted {
    Accepted
}
