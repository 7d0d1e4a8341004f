use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    Partner(u32),
}

fn main() {
    let _ = Role::Customer.holders();
}
