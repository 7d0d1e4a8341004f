#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

use std::collections::BTreeMap;

/// Each way to sign in may come with another one.
#[derive(Input)]
#[input(tag = "by")]
pub enum Way {
    Mail {
        address: Email,
    },
    Code {
        #[input(pattern = "^[0-9]{6}$")]
        code: Option<Secret<String>>,
        #[input(items = 0..=2, depth = 5)]
        further: Vec<Way>,
    },
}

#[derive(Input)]
pub struct Ways {
    #[input(items = 1..=2, keys(max_len = 20, text), each(items = 1..=2))]
    pub ways: BTreeMap<String, Vec<Way>>,
    #[input(items = 0..=2, depth = 5)]
    pub more: Vec<Ways>,
}

/// Signs in.
#[post("/sign-in", version = Version::V1.., public = "who signs in has no token yet",
       limit = Limit::per_address(5).per_minute())]
async fn sign_in(clock: RequestContext, ways: Json<Ways>) -> Accepted {
    drop((clock, ways));
    Accepted
}

fn main() {}
