use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_len = 80, max_bytes = 5 * MIB)]
    title: String,
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png], min_len = 2)]
    picture: UploadedFile,
}

fn main() {}
