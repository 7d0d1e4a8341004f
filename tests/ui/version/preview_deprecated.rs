use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    #[version(preview, deprecated = "2027-06-01")]
    V2,
}

fn main() {}
