//! The type of a problem is what a client acts on: it is one kind of problem, with one status and one sentence (RFC 9457,
//! section 3.1). Two variants that share a type and differ otherwise would be told apart by nobody, and the document could
//! describe one of them only. Variants that are the same to their caller may share all three. `about:blank` is the type that
//! says nothing, and may stand with any status. This holds at compile time.
//!
//! Wrong: error/one_type_two_statuses

use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409, title = "The note is locked", type = "urn:notes:locked")]
    Locked,
    #[problem(
        status = 423,
        title = "The note is locked by somebody else",
        type = "urn:notes:locked-by-other"
    )]
    LockedByOther,
    #[problem(status = 409, title = "The note is locked", type = "urn:notes:locked")]
    Sealed,
}
