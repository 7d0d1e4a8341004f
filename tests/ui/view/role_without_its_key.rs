use secure_api::prelude::*;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Resource)]
#[view(DoorView, Role::Member, fields(name))]
struct Door {
    name: String,
}

fn main() {}
