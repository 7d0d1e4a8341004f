use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png], allow(active_content, reason = "to be sure"))]
    picture: UploadedFile,
}

fn main() {}
