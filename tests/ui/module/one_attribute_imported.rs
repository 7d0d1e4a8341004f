use secure_api::delete;

#[derive(Role)]
pub enum Role {
    Member,
}

#[derive(Version)]
pub enum Version {
    V1,
}

pub const OFTEN: Limit = Limit::per_principal(60).per_minute();

/// Removes all notes.
#[delete("/notes", version = Version::V1.., role = Role::Member)]
pub async fn clear(caller: Caller<Role>) -> Result<NoContent, StoreError> {
    drop(caller);
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = OFTEN, routes(clear))]
pub struct Notes;

fn main() -> Result<(), StartError> {
    Notes::app().build().map(drop)
}
