use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    picture: UploadedFile,
}

fn main() {}
