use secure_api::prelude::*;

use std::collections::HashMap;

pub struct Settings(HashMap<String, String>);

#[derive(Input)]
struct NewAccount {
    settings: Settings,
}

fn main() {}
