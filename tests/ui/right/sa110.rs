//! A token carries names. If two roles have the same one, whoever has the lower role has the higher one too. The
//! name of a variant in tokens is its own in kebab-case unless `name` says otherwise, so the two can meet without
//! being written alike. This holds at compile time.
//!
//! Wrong: role/two_names_alike

use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(name = "shop-admin")]
    Admin,
}
