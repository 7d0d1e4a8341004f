use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Change {
    #[input(max_len = 9)]
    title: String,
    #[input(max_len = 9)]
    note: Patched<String>,
}

/// Changes the board.
#[patch("/board", version = Version::V1, public = "anybody may write on it")]
async fn change(Patch(_change): Patch<Change>) -> NoContent {
    NoContent
}

fn main() {}
