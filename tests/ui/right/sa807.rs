//! A patch says what changes and leaves the rest as it is, which is what PATCH means (RFC 5789). In a PUT, leaving
//! a field out means that it is gone; in a POST it means nothing yet. The one type in the other verb would keep
//! what should go. This holds at compile time.
//!
//! Wrong: verb/patch_in_post

use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Change {
    #[input(max_len = 9)]
    note: Patched<String>,
}

/// Changes the board.
#[patch("/board", version = Version::V1, public = "anybody may write on it")]
async fn change(Patch(_change): Patch<Change>) -> NoContent {
    NoContent
}
