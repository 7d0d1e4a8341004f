use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(name = "")]
    V1,
}

fn main() {}
