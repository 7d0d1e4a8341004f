use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    #[role(name = "big boss")]
    Customer,
}

fn main() {
    let _ = Role::Customer.holders();
}
