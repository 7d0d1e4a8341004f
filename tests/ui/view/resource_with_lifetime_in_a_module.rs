use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Guest,
    #[role(includes(Guest))]
    Editor,
}

#[derive(Version)]
pub enum Version {
    V1,
}

#[derive(Resource)]
#[view(MessageLine, role = Role::Guest, fields(text))]
pub struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[routes(prefix = "/messages", version = Version::V1.., role = Role::Guest)]
mod messages {
    use super::*;

    #[get("/", view = MessageLine)]
    async fn list() -> Page<Message> {
        Page::new(Vec::new())
    }

    #[delete("/", role = Role::Editor)]
    async fn clear() -> NoContent {
        NoContent
    }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(messages))]
pub struct Board;

fn main() {
    drop(Board::app());
}
