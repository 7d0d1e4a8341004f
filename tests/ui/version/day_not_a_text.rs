use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(deprecated = 2027)]
    V1,
    V2,
}

fn main() {
    let _ = Version::V2.point();
}
