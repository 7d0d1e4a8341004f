//! A public route that takes a password, a code or a token is where strangers guess. `credential` demands a limit per
//! address that is stricter than the API's, so that nobody guesses at the rate at which others browse. A route with a role
//! has a name to count each guess for. This holds at compile time, at any depth of the input.
//!
//! Wrong: input/secret_on_a_public_route

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct SignIn {
    pub user_name: Email,
    #[input(max_len = 128)]
    pub password: Secret<String>,
}

/// Signs in.
#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet",
       limit = Limit::per_address(5).per_minute(), credential)]
async fn sign_in(_: Json<SignIn>) -> Accepted {
    Accepted
}
