use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
#[input(tag = "kind")]
enum Range {
    Exactly {
        #[input(range = 0..=9)]
        at: u8,
    },
    Any,
}

type Between = Option<Range>;

#[derive(Input)]
struct Search {
    between: Between,
}

/// Searches.
#[get("/hits", version = Version::V1, public = "anybody may search", view = HitView)]
async fn search(_: Query<Search>) -> Option<Hit> {
    None
}

#[derive(Resource)]
#[view(HitView, public, fields(word))]
struct Hit {
    word: String,
}

fn main() {}
