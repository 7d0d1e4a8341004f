use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(includes(Custommer))]
    Admin,
}

fn main() {
    let _ = Role::Customer.holders();
}
