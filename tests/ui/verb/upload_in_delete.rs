use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
    picture: UploadedFile,
}
/// Removes a picture.
#[delete("/picture", version = Version::V1, public = "a sample is for everybody")]
async fn remove(Upload(_new): Upload<NewPicture>) -> NoContent {
    NoContent
}

fn main() {}
