use secure_api::prelude::*;

#[derive(Version)]
#[version(place = query("size"), reason = "the partners state a day")]
pub enum Version {
    V1,
    V2,
}

fn main() {}
