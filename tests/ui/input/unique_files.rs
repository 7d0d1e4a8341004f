use secure_api::prelude::*;

#[derive(Input)]
struct NewPictures {
    #[input(items = 1..=5, unique, each(max_bytes = 5 * MIB, kinds = [FileKind::Png]))]
    pictures: Vec<UploadedFile>,
}

fn main() {}
