use secure_api::prelude::*;

#[derive(Value)]
#[value(max_len = 80)]
pub struct Passphrase(String);

#[derive(Input)]
pub struct SignIn {
    pub text: Option<Passphrase>,
}

fn main() {}
