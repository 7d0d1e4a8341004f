use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
}

fn main() {}
