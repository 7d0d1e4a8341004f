use secure_api::prelude::*;

#[derive(Version)]
#[version(place = none, reason = "the partners state a day")]
pub enum Version {
    #[version(unstated)]
    V1,
}

fn main() {}
