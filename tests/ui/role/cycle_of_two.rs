use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    #[role(includes(Support))]
    Customer,
    #[role(includes(Customer))]
    Support,
}

fn main() {
    let _ = Role::Customer.holders();
}
