//! A patch says what changes, and leaves out what stays. A field that has to be sent cannot be left out, so each
//! patch would overwrite it with whatever the caller had read before, and undo what somebody else changed
//! meanwhile. This holds at compile time.
//!
//! Wrong: input/patch_with_required_field

use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Change {
    #[input(max_len = 9)]
    title: Option<String>,
    #[input(max_len = 9)]
    note: Patched<String>,
}

/// Changes the board.
#[patch("/board", version = Version::V1, public = "anybody may write on it")]
async fn change(Patch(_change): Patch<Change>) -> NoContent {
    NoContent
}
