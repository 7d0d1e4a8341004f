//! A `String` is printed by `Debug`, copied into logs and shown by mistake. `Secret<String>` has neither `Debug`
//! nor `Serialize`, and is wiped when it goes. Fields whose names say password, token or card number are asked for
//! it. The check knows names, so it finds the usual ones. This holds at compile time.
//!
//! Wrong: input/secret_as_text

use secure_api::prelude::*;

type Text = String;

#[derive(Input)]
struct SignIn {
    #[input(max_len = 30)]
    password: Option<Secret<Text>>,
    #[input(name = "apiKey", max_len = 30)]
    key: Secret<String>,
    #[input(max_len = 30)]
    pin: Secret<String>,
    #[input(max_len = 30, allow(plain_secret, reason = "shown on every invoice"))]
    iban: String,
}
