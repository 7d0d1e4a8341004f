//! Version 1 of a crate of roles and versions.

use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(includes(Customer))]
    Admin,
}

#[derive(Version)]
pub enum Version {
    V1,
    V2,
}
