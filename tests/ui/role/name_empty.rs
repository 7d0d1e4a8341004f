use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    #[role(name = "")]
    Customer,
    Admin,
}

fn main() {}
