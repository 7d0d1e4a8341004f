use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    #[role(includes(Admin))]
    Customer,
    #[role(includes(Customer))]
    Admin,
}

#[derive(Version)]
pub enum Version {
    V1,
}

#[derive(Resource)]
#[view(NewsCard, role = Role::Customer, fields(title))]
#[view(NewsDesk, role = Role::Admin, extends = NewsCard, fields(author))]
pub struct News {
    title: String,
    author: String,
}

#[get("/news", version = Version::V1.., role = Role::Customer, view(Role::Admin => NewsDesk, _ => NewsCard))]
pub async fn list_news() -> Page<News> {
    Page::new(Vec::new())
}

fn main() {}
