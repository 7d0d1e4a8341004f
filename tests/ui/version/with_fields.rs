use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    V2(u32),
}

fn main() {}
