use secure_api::prelude::*;

#[derive(Input)]
pub struct Search {
    #[input(max_bytes = "2MB", kinds = [FileKind::Png])]
    pub photo: UploadedFile,
}

fn main() {}
