use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    #[version(deprecated = 2026-06-01, sunset = "2036-06-01")]
    V1,
    V2,
}

fn main() {}
