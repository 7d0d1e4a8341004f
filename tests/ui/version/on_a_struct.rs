use secure_api::prelude::*;

#[derive(Version)]
pub struct V1;

fn main() {}
