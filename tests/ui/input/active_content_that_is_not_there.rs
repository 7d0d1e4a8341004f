use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png], allow(active_content, reason = "we want to be safe"))]
    picture: UploadedFile,
}

fn main() {}
