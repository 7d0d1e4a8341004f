//! Visibility: what is made has that of what it is made for, and missing docs are asked of nobody.

#![deny(missing_docs, unreachable_pub, unused)]

use crate::shop::{BROWSE, Role, Version};
use secure_api::prelude::api;

/// Inner.
pub(crate) mod inner {
    use crate::shop::{Role, Version};
    use secure_api::prelude::*;

    /// A note.
    #[derive(Resource)]
    #[view(NoteView, role = Role::Customer, fields(text))]
    pub(crate) struct Note {
        text: String,
    }

    /// Lists notes.
    #[get("/notes", version = Version::V1.., role = Role::Customer, view = NoteView)]
    pub(in crate::pass) async fn list() -> Page<Note> {
        Page::new(vec![Note { text: "note".to_owned() }])
    }
}

/// Notes.
#[api(roles = Role, versions = Version, limit = BROWSE, routes(inner::list))]
pub(crate) struct Notes;

#[test]
fn an_api_may_be_of_the_crate_alone() {
    assert_eq!(Notes::API.name, "Notes");
    drop(Notes::app());
}
