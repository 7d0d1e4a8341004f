//! A caller is told in the document what a file may be, and asks for what it can read. So the type that a `Download` names
//! says of which kinds its files are. This holds at compile time.
//!
//! Wrong: route/download_of_no_kind

use crate::shop::*;
use secure_api::prelude::*;

pub struct Invoices;

impl DownloadKinds for Invoices {
    const KINDS: &'static [FileKind] = &[FileKind::Png];
}

#[get("/invoice", version = Version::V1.., role = Role::Customer)]
pub async fn get_invoice() -> Result<Download<Invoices>, StoreError> {
    Err("there is none".into())
}
