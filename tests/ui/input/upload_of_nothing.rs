use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Nothing {}

type Sent = Upload<Nothing>;

/// Takes nothing.
#[put("/nothing", version = Version::V1, public = "a sample is for everybody")]
async fn put_nothing(_new: Sent) -> NoContent {
    NoContent
}

fn main() {}
