use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(include(Customer))]
    Admin,
}

fn main() {
    let _ = Role::Customer.holders();
}
