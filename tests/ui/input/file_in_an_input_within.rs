use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
    picture: UploadedFile,
}

#[derive(Input)]
struct NewAlbum {
    #[input(items = 1..=5)]
    pictures: Vec<NewPicture>,
}

fn main() {}
