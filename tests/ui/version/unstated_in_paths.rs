use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(unstated)]
    V1,
    V2,
}

fn main() {}
