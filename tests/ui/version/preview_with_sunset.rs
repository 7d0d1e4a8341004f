use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    #[version(preview, deprecated = "2027-01-01", sunset = "2027-06-01")]
    Next,
}

fn main() {}
