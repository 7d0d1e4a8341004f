use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(includes(Role::Customer))]
    Admin,
}

// What is included is known all the same, so nothing else is told.
const CUSTOMERS: secure_api::role::RoleSet = Role::Customer.holders();
const _: () = assert!(Role::Admin.holders().within(CUSTOMERS));

fn main() {}
