use secure_api::prelude::*;

#[derive(Value)]
#[value(key, pattern = "^[a-z]{3,20}$", reserved("login", "sign-in"))]
pub struct UserName(String);

fn main() {}
