//! A file without a bound fills the memory, and one of any kind is whatever an attacker wants the next program to
//! open. So how large, and of which kinds, are both stated, and both are asked before the handler runs: the size while
//! the parts are counted, the kind by the bytes themselves, whatever their sender calls them. That it is stated holds at
//! compile time, the answer at each request.
//!
//! Wrong: input/file_without_bound

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewPicture {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png])]
    picture: UploadedFile,
}
