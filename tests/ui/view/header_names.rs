use secure_api::prelude::*;

#[derive(ResponseHeaders)]
pub struct Counted {
    #[header(name = "Set-Cookie")]
    pub cookie: u64,
    pub retry_after: u64,
    #[header(name = "a b")]
    pub spaced: u64,
    pub total: u64,
    #[header(name = "total")]
    pub sum: u64,
    #[header(max_len = 40)]
    pub api_key: String,
}

fn main() {}
