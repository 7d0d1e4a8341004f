use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    #[version(name = "V1")]
    Second,
}

fn main() {}
