#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// The name of a value, and none.
#[derive(Input)]
pub struct Uuid {
    #[input(max_len = 20)]
    pub code: Secret<String>,
}

#[derive(Input)]
pub struct SignIn {
    pub proof: Option<Uuid>,
}

/// Signs in.
#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet",
       limit = Limit::per_address(5).per_minute())]
async fn sign_in(body: Json<SignIn>) -> Accepted {
    drop(body);
    Accepted
}

fn main() {}
