use secure_api::prelude::*;

#[derive(Version)]
#[version(place = none, reason = "the old clients send no version")]
pub enum Version {
    V1,
    V2,
}

fn main() {}
