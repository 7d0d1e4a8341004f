use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 0, kinds = [FileKind::Png])]
    picture: UploadedFile,
}

fn main() {}
