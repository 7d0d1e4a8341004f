use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
}

fn main() {}
