use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(name = "customer")]
    Admin,
}

fn main() {
    let _ = Role::Customer.holders();
}
