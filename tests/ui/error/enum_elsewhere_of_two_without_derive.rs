#[path = "../shop.rs"]
mod shop;
#[path = "elsewhere/enum_elsewhere_of_two_without_derive.rs"]
mod elsewhere;
use elsewhere::NoteError;
use secure_api::prelude::*;
use shop::*;

fn find() -> Result<(), StoreError> {
    Ok(())
}

#[delete("/notes", version = Version::V1.., role = Role::Customer)]
async fn clear() -> Result<NoContent, NoteError> {
    find()?;
    Ok(NoContent)
}

#[delete("/notes/old", version = Version::V1.., role = Role::Customer)]
async fn clear_old() -> Result<NoContent, NoteError> {
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear, clear_old),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
