//! An API is checked against its roles: each route asks for one, and the hierarchy says who includes whom. An enum
//! without roles can ask for nothing, so every route would have to be public. This holds at compile time.
//!
//! Wrong: role/no_roles

use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    Admin,
}
