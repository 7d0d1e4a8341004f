use secure_api::prelude::*;

#[derive(Role)]
pub struct Admin;

fn main() {}
