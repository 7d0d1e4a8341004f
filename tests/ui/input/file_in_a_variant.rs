use secure_api::prelude::*;

#[derive(Input)]
#[input(tag = "kind")]
enum NewPicture {
    Sent {
        #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
        picture: UploadedFile,
    },
    Linked {
        url: WebUrl,
    },
}

fn main() {}
