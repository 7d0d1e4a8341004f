use secure_api::prelude::*;

const WANTED: &[FileKind] = &[FileKind::PlainText, FileKind::Pdf];

#[derive(Input)]
struct NewManuals {
    #[input(items = 0..=3, each(max_bytes = 5 * MIB, kinds = WANTED), allow(read_only, reason = "a filter changes nothing"))]
    owner: Vec<UploadedFile>,
}

fn main() {}
