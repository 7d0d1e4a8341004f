use secure_api::prelude::*;
use std::collections::BTreeMap;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Vote {
    #[input(items = 1..=3, each(items = 1..=3, keys(max_len = 5), each(range = 1..=9)))]
    choices: Vec<BTreeMap<String, u8>>,
}

/// Takes a vote.
#[post("/votes", version = Version::V1, public = "anybody may vote")]
async fn vote(Form(_vote): Form<Vote>) -> Accepted {
    Accepted
}

fn main() {}
