use secure_api::prelude::*;

#[derive(Version)]
#[version(paths = "lower case", reason = "our clients like them so")]
enum Version {
    V1,
}

fn main() {
    let _ = Version::V1;
}
