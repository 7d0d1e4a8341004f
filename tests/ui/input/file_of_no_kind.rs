use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [])]
    picture: UploadedFile,
}

fn main() {}
