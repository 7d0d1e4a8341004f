use secure_api::prelude::*;

#[derive(Version)]
#[version(place = header("X-Api-Version"), reason = "the partners state a day")]
pub enum Version {
    #[version(unstated)]
    V1,
    #[version(unstated)]
    V2,
}

fn main() {}
