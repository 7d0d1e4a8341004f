use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Vote {
    #[input(items = 1..=200, each(range = 1..=9))]
    first: Vec<u8>,
    #[input(items = 1..=200, each(range = 1..=9))]
    second: Vec<u8>,
}

/// Takes a vote.
#[post("/votes", version = Version::V1, public = "anybody may vote")]
async fn vote(Form(_vote): Form<Vote>) -> Accepted {
    Accepted
}

fn main() {}
