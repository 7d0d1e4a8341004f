use secure_api::prelude::*;

#[derive(Version)]
#[version(below = "/api/{tenant}")]
pub enum Version {
    V1,
}

fn main() {}
