// R81
use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(range = 1..=9)]
    id: u64,
    #[input(name = "createdAt", max_len = 30)]
    created: String,
    #[input(allow(read_only, reason = "an import keeps the owner"), max_len = 30)]
    owner: String,
    #[input(max_len = 30)]
    r#role: Option<String>,
}

fn main() {}
