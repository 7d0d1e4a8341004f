use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Member,
    #[role(includes(Member))]
    Admin,
}

#[derive(Resource)]
#[view(MemberView, role = Role::Admin, fields(name, role))]
pub struct Member {
    name: String,
    role: Role,
}

fn main() {}
