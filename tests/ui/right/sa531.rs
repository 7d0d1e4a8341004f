//! A PDF may hold scripts and forms that act in the reader of whoever opens it. Where such files are wanted, that is
//! decided, and the reason is in the inventory for the one who reviews it. This holds at compile time.
//!
//! Wrong: input/file_that_can_act

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
struct NewManual {
    #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png, FileKind::Pdf],
            allow(active_content, reason = "manuals are read by our own staff, in a viewer without scripts"))]
    manual: UploadedFile,
}
