use secure_api::prelude::*;

#[derive(Input)]
struct NewManual {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png, FileKind::Pdf])]
    manual: UploadedFile,
}

fn main() {}
