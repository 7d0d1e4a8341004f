use secure_api::prelude::*;

#[derive(Input)]
struct Contact {
    #[input(max_len = 5)]
    site: Option<WebUrl>,
}

fn main() {}
