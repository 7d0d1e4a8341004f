use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    #[role(includes(Admin))]
    Customer,
    #[role(includes(Customer))]
    Support,
    #[role(includes(Support))]
    Admin,
}

fn main() {
    let _ = Role::Customer.holders();
}
