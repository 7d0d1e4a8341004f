use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Member,
}

#[derive(Version)]
pub enum Version {
    V1,
}

/// Removes all notes.
#[delete("/notes", version = Version::V1.., role = Role::Member)]
async fn clear() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version::V1, limit = Limit::per_principal(60).per_minute(), routes(clear))]
pub struct Notes;

fn main() {
    drop(Notes::app());
}
