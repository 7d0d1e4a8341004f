use secure_api::prelude::*;

#[derive(ResponseHeaders)]
pub struct Counted {
    #[header(max_len = 9)]
    pub total: u64,
    #[header(max_len = 0)]
    pub first: String,
    #[header(max_len = 5000)]
    pub second: Option<String>,
}

fn main() {}
