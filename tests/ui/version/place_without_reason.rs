use secure_api::prelude::*;

#[derive(Version)]
#[version(place = none)]
pub enum Version {
    V1,
}

fn main() {}
