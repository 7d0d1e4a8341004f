#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Routes of strangers.
#[routes(public = "who signs in has no token yet", version = Version::V1..)]
mod strangers {
    use super::*;

    #[derive(Input)]
    pub struct SignIn {
        #[input(pattern = "^[0-9]{6}$")]
        pub code: Secret<String>,
    }

    /// Signs in.
    #[post("/sign-in")]
    pub async fn sign_in(_: Form<SignIn>) -> Accepted {
        Accepted
    }
}

fn main() {}
