use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    #[version(preview = true)]
    V2,
}

fn main() {}
