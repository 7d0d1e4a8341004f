//! `includes` builds the hierarchy that every route is checked against. A misspelt name would include nobody:
//! admins would be refused where customers are admitted, and somebody would repair that by making a route public.
//! This holds at compile time.
//!
//! Wrong: role/includes_unknown

use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Customer,
    #[role(includes(Customer))]
    Admin,
}
