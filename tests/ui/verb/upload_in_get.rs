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
#[derive(Resource)]
#[view(PictureView, public, fields(title))]
struct Picture {
    title: String,
}

/// Shows a picture.
#[get("/picture", version = Version::V1, public = "a sample is for everybody", view = PictureView)]
async fn picture(Upload(_new): Upload<NewPicture>) -> Picture {
    Picture { title: String::new() }
}

fn main() {}
