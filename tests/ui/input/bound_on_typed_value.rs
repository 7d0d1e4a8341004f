use secure_api::prelude::*;

#[derive(Input)]
struct Contact {
    #[input(max_len = 30)]
    page: Slug,
    price: Money,
    #[input(range = 0..=9)]
    site: Option<WebUrl>,
}

fn main() {}
