use secure_api::prelude::*;

#[derive(Version)]
#[version(place = header("X-Api-Version"), reason = "the partners state a day")]
pub enum Version {
    V1,
    #[version(preview, unstated)]
    V2,
}

fn main() {}
