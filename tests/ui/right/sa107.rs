//! A role includes those below it. In a circle each of its roles includes every other one, so they are one role
//! under several names, and a check for the higher one admits the lowest. This holds at compile time.
//!
//! Wrong: role/cycle_of_two

use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(includes(Customer))]
    Support,
}
