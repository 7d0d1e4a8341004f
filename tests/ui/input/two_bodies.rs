use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct NewNote {
    #[input(max_len = 80)]
    title: String,
}

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
    picture: UploadedFile,
}

/// Takes a picture and a note.
#[post("/pictures", version = Version::V1, public = "a sample is for everybody")]
async fn add_picture(Upload(_new): Upload<NewPicture>, Json(_note): Json<NewNote>) -> Accepted {
    Accepted
}

fn main() {}
