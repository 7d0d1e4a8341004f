use secure_api::prelude::*;

#[derive(Version)]
#[version(below = "/API")]
pub enum Version {
    V1,
}

fn main() {}
