use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    #[role(name = "staff")]
    Support,
    #[role(name = "staff")]
    Admin,
}

fn main() {}
