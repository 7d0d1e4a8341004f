use secure_api::prelude::*;

#[derive(Value)]
#[value(key)]
pub struct Mailbox(Email);

fn main() {}
