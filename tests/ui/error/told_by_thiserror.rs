#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(ApiError)]
pub enum NoteError {
    #[error("The note is locked")]
    Locked,
}

#[delete("/notes", version = Version::V1.., role = Role::Customer)]
async fn clear() -> Result<NoContent, NoteError> {
    Err(NoteError::Locked)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
