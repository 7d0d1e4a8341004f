use secure_api::{
    __private::check_query,
    input::Input as _,
    prelude::*,
};

#[derive(Input)]
struct Search {
    #[input(items = 0..=3, each(items = 0..=3, each(max_len = 9)))]
    tags: Vec<Vec<String>>,
}

const _: () = check_query(Search::FIELDS);

fn main() {}
