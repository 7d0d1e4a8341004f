use secure_api::{
    input::{Input as _, check_query},
    prelude::*,
};

#[derive(Input)]
struct Search {
    #[input(items = 0..=3, each(max_len = 9))]
    tags: Vec<String>,
}

const _: () = check_query(Search::FIELDS);

fn main() {}
