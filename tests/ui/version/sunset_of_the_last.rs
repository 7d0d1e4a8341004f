use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(deprecated = "2026-01-01", sunset = "2026-07-01")]
    V1,
    #[version(sunset = "2027-07-01", migrate = "https://shop.example/migrate")]
    V2,
}

fn main() {}
