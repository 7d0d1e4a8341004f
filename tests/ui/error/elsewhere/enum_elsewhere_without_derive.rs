use secure_api::prelude::*;

#[derive(Debug)]
pub enum NoteError {
    Gone,
    Store(StoreError),
}
