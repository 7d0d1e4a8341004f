use secure_api::prelude::*;

#[derive(Version)]
pub enum Version {
    V1,
    #[version(preview, brownout("2026-12-01T10:00Z", "30m"))]
    V2,
}

fn main() {
    let _ = Version::V2.point();
}
