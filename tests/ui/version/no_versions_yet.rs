use secure_api::prelude::*;

#[derive(Version)]
enum Version {}

fn main() {}
