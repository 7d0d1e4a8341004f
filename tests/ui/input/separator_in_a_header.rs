use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Asked {
    #[input(items = 1..=3, separated = "|", each(range = 1..=9))]
    marks: Option<Vec<u8>>,
}

/// Takes a vote.
#[post("/votes", version = Version::V1, public = "anybody may vote")]
async fn vote(Headers(_asked): Headers<Asked>) -> Accepted {
    Accepted
}

fn main() {}
