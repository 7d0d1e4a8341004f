use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(preview)]
    V0,
    V1,
}

fn main() {}
