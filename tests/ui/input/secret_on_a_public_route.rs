#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Input)]
pub struct SignIn {
    pub user_name: Email,
    #[input(max_len = 128)]
    pub password: Secret<String>,
}

/// Signs in.
#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet")]
async fn sign_in(_: Json<SignIn>) -> Accepted {
    Accepted
}

fn main() {}
