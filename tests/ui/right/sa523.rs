//! A request has one body. With two arguments for it, the second would find nothing, or both would read the same
//! bytes in different forms, which is how a check of one form is passed by the other. This holds at compile time.
//!
//! Wrong: input/two_bodies

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_len = 80)]
    title: String,
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
    picture: UploadedFile,
}

/// Takes a picture.
#[post("/pictures", version = Version::V1, public = "a sample is for everybody")]
async fn add_picture(Upload(_new): Upload<NewPicture>) -> Accepted {
    Accepted
}
