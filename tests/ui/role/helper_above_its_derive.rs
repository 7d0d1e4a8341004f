use secure_api::prelude::*;

#[role(includes(Customer))]
#[derive(Role)]
pub enum Role {
    Customer,
}

fn main() {}
