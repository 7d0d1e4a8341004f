//! JSON, forms and query strings hold text. A file in them would have to be encoded, and its bound and kind would be
//! those of the text. Files come by `multipart/form-data`, which `Upload` reads. This holds at compile time.
//!
//! Wrong: input/file_in_json

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
    picture: UploadedFile,
}

/// Takes a picture.
#[post("/pictures", version = Version::V1, public = "a sample is for everybody")]
async fn add_picture(Upload(_new): Upload<NewPicture>) -> Accepted {
    Accepted
}
