//! The parts of an upload have a name each and no structure. A file inside of a nested input has no name that both
//! sides would agree on, and a bound on a list of such inputs would say nothing of the bytes. So files stand in the input
//! that is uploaded, several as a list. This holds at compile time.
//!
//! Wrong: input/file_in_an_input_within

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewAlbum {
    #[input(items = 1..=5, each(max_bytes = 5 * MIB, kinds = [FileKind::Png]))]
    pictures: Vec<UploadedFile>,
}
