use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V3,
    V2,
    V1,
}

fn main() {}
