use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    Support,
    Warehouse,
}

#[derive(Version)]
pub enum Version {
    V1,
}

#[derive(Resource)]
#[view(NewsCard, role = Role::Customer, fields(title))]
// Another role for one of the two would leave the other.
#[view(NewsDesk, role = [Role::Support, Role::Warehouse], extends = NewsCard, fields(source))]
pub struct News {
    title: String,
    source: String,
}

fn main() {}
