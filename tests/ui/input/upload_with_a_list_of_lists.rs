use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
    picture: UploadedFile,
    #[input(items = 0..=3, each(items = 0..=3, each(max_len = 5)))]
    tags: Vec<Vec<String>>,
}

/// Takes a picture.
#[post("/pictures", version = Version::V1, public = "a sample is for everybody")]
async fn add_picture(Upload(_new): Upload<NewPicture>) -> Accepted {
    Accepted
}

fn main() {}
