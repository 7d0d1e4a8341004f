use secure_api::prelude::*;

#[derive(Input)]
struct NewPictures {
    #[input(items = 1..=5, each(kinds = [FileKind::Png]))]
    pictures: Vec<UploadedFile>,
}

fn main() {}
