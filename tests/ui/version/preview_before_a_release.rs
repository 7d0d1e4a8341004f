use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    #[version(preview)]
    V2,
    V3,
}

fn main() {}
