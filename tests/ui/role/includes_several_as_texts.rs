use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    Courier,
    #[role(includes("Customer", "Courier"))]
    Admin,
}

fn main() {}
