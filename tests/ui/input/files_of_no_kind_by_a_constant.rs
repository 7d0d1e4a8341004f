use secure_api::prelude::*;

const WANTED: &[FileKind] = &[];

#[derive(Input)]
struct NewPictures {
    #[input(items = 1..=5, each(max_bytes = 100 * KIB, kinds = WANTED))]
    pictures: Vec<UploadedFile>,
}

fn main() {}
