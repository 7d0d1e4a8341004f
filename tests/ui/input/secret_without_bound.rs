use secure_api::prelude::*;

#[derive(Input)]
struct SignIn {
    password: Secret<String>,
}

fn main() {}
