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

/// Clears the board.
#[delete("/board", version = Version::V1, public = "anybody may write on it",
         allow(content, reason = "the pens of the first years send a change"))]
async fn clear(Patch(_change): Patch<Change>) -> Accepted {
    Accepted
}

fn main() {}
