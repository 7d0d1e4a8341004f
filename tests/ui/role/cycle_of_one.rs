use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    #[role(includes(Customer))]
    Customer,
}

fn main() {
    let _ = Role::Customer.holders();
}

// R32
