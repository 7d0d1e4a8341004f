//! A list of kinds with nothing in it would refuse every file, so it is a mistake that only the first caller would
//! find. This holds at compile time, also where the list is a constant.
//!
//! Wrong: input/file_of_no_kind

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
    picture: UploadedFile,
}
