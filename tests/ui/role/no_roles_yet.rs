use secure_api::prelude::*;

/// The roles, to be filled in when we know who our users are.
#[derive(Role)]
pub enum Role {
    // Customer,
    // Admin,
}

fn main() {}
