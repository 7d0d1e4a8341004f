use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    #[version(
        deprecated = "2026-06-01",
        sunset = "2027-01-01",
        brownout("2026-12-01T10:00:00Z", "30m")
    )]
    V1,
    V2,
}

fn main() {
    let _ = Version::V2.point();
}
