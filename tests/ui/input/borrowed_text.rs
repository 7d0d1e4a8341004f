use secure_api::prelude::*;

#[derive(Input)]
struct Search<'a> {
    #[input(max_len = 40)]
    title: &'a str,
}

fn main() {}
