//! Of two keys in one segment, as in `/pictures/{name}-{other}`, the first one ends where the letters between the two begin. A key that
//! has these letters itself would be read as another one, and the rest of it as the other key. So its type has none of them. This
//! holds at compile time.
//!
//! Wrong: route/key_that_ends_early

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone)]
#[value(max_len = 20, pattern = "^[a-z]+$", unowned = "everybody has the same pictures")]
pub struct Name(String);

#[get("/pictures/{name}-{other}", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(path, reason = "the old clients have this address"))]
async fn both(_name: Unowned<Name>, _other: Unowned<Name>) -> Page<Product> {
    todo!()
}
