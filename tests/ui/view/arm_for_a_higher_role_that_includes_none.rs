use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    Admin,
}

#[derive(Version)]
pub enum Version {
    V1,
}

#[derive(Resource)]
#[view(NewsAudit, role = Role::Admin, fields(title))]
pub struct News {
    title: String,
}

// Nothing that gives customers what administrators may do is proposed.
#[get("/news", version = Version::V1.., role = Role::Customer, view = NewsAudit)]
pub async fn list_news() -> Page<News> {
    Page::new(Vec::new())
}

fn main() {}
