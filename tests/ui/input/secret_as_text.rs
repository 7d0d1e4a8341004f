// R108
use secure_api::prelude::*;

type Text = String;

#[derive(Input)]
struct SignIn {
    #[input(max_len = 30)]
    password: Option<Text>,
    #[input(name = "apiKey", max_len = 30)]
    key: String,
    #[input(max_len = 30)]
    pin: Secret<String>,
    #[input(max_len = 30, allow(plain_secret, reason = "shown on every invoice"))]
    iban: String,
}

fn main() {}
