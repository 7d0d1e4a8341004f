use secure_api::prelude::*;

#[derive(Debug)]
pub enum NoteError {
    Denied(Denied),
    Store(StoreError),
}
