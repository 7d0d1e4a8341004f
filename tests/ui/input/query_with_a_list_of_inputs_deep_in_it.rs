use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Line {
    #[input(range = 0..=9)]
    low: u8,
}

#[derive(Input)]
struct Filter {
    #[input(items = 0..=3)]
    lines: Vec<Line>,
}

#[derive(Input)]
struct Search {
    filter: Option<Filter>,
}

/// Takes a search.
#[post("/searches", version = Version::V1, public = "anybody may search")]
async fn search(Query(_search): Query<Search>) -> Accepted {
    Accepted
}

fn main() {}
