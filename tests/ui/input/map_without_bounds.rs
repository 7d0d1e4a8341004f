use std::collections::BTreeMap;

use secure_api::prelude::*;

#[derive(Input)]
struct Labels {
    #[input(keys(max_len = 9), each(max_len = 9))]
    many: BTreeMap<String, String>,
    #[input(items = 0..=3, each(max_len = 9))]
    long_names: BTreeMap<String, String>,
    #[input(items = 0..=3, keys(max_len = 9))]
    long_values: BTreeMap<String, Vec<String>>,
    #[input(items = 0..=3, keys(range = 0..=9, max_len = 9), each(max_len = 9))]
    names_in_a_range: BTreeMap<String, String>,
    #[input(items = 0..=3, keys(max_len = 9), each(max_len = 9))]
    a_list: Vec<String>,
}

fn main() {}
