use secure_api::prelude::*;

#[derive(Version)]
#[version(place = cookie, reason = "the old clients send a cookie")]
pub enum Version {
    V1,
}

fn main() {}
