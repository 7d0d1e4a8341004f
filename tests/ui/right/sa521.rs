//! A `String` is printed by `Debug`, copied into logs and shown by mistake. `Secret<String>` has neither `Debug`
//! nor `Serialize`, and is wiped when it goes. Fields whose names say password, token or card number are asked for
//! it. The check knows names, so it finds the usual ones. This holds at compile time.
//!
//! Wrong: input/password_as_text

use secure_api::prelude::*;

#[derive(Input)]
pub struct SignIn {
    #[input(max_len = 80)]
    pub user: String,
    #[input(max_len = 80)]
    pub password: Secret<String>,
}
