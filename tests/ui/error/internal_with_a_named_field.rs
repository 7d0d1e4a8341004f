#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(internal)]
    Store { cause: std::fmt::Error },
}

fn text() -> Result<(), std::fmt::Error> {
    Ok(())
}

#[delete("/notes", version = Version::V1.., role = Role::Customer)]
async fn clear() -> Result<NoContent, NoteError> {
    text()?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(clear),
      allow(unused_role, reason = "a part of a larger API"))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
