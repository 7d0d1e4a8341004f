use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    Support,
}

#[derive(Version)]
pub enum Version {
    V1,
}

#[derive(Resource)]
#[view(NewsCard, role = Role::Customer, fields(title))]
pub struct News {
    title: String,
}

#[get("/news", version = Version::V1.., role = Role::Support, view = NewsCard)]
pub async fn list_news() -> Page<News> {
    Page::new(Vec::new())
}

fn main() {}
