use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(includes(customer))]
    Support,
    #[role(includes(Support))]
    Admin,
}

fn main() {}
