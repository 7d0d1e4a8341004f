use secure_api::prelude::*;

#[derive(Version)]
#[version(place = media_type("application/vnd.shop.v1+json"), reason = "the partners accept a version")]
pub enum Version {
    V1,
    V2,
}

fn main() {}
