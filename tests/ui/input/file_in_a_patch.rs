use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Change {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
    picture: Option<UploadedFile>,
}

/// Changes a picture.
#[patch("/picture", version = Version::V1, public = "a sample is for everybody")]
async fn change(Patch(_change): Patch<Change>) -> NoContent {
    NoContent
}

fn main() {}
