use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB)]
    picture: Option<UploadedFile>,
}

fn main() {}
