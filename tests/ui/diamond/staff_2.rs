//! Version 2 of the crate: the same names, in another order, and a day.

use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    #[role(includes(Customer))]
    Admin,
    Customer,
}

#[derive(Version)]
pub enum Version {
    #[version(deprecated = "2026-01-01")]
    V1,
    V2,
}
