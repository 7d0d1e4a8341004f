use secure_api::prelude::*;

#[derive(Version)]
#[version(paths = "as written")]
enum Version {
    V1,
}

fn main() {
    let _ = Version::V1;
}
