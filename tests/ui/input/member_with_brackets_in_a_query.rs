use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Filter {
    #[input(name = "price[gte]", range = 0..=9)]
    least: Option<u8>,
}

#[derive(Input)]
struct Search {
    filter: Filter,
}

/// Takes a search.
#[post("/searches", version = Version::V1, public = "anybody may search")]
async fn search(Form(_search): Form<Search>) -> Accepted {
    Accepted
}

fn main() {}
