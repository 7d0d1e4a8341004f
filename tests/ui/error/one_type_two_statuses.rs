use secure_api::prelude::*;

#[derive(ApiError)]
pub enum NoteError {
    #[problem(status = 409, title = "The note is locked", type = "urn:notes:locked")]
    Locked,
    #[problem(status = 423, title = "The note is locked", type = "urn:notes:locked")]
    LockedByOther,
}

fn main() {}
