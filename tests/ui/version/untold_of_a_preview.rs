use secure_api::prelude::*;

#[derive(Version)]
#[version(place = none, below = "/api", reason = "the old clients send no version")]
pub enum Version {
    V1,
    #[version(preview)]
    V2,
}

fn main() {}
