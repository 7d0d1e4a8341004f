use secure_api::prelude::*;

#[derive(Role)]
enum Role {
    Reader,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Search {
    #[input(items = 0..=3, each(max_len = 9))]
    tags: Vec<String>,
    #[input(max_len = 9)]
    word: Option<String>,
}

#[derive(Resource)]
#[view(HitView, role = Role::Reader, fields(word))]
struct Hit {
    word: String,
}

/// Searches.
#[get("/hits", version = Version::V1, role = Role::Reader, view = HitView)]
async fn search(Query(_search): Query<Search>) -> Page<Hit> {
    Page::new(Vec::new())
}

fn main() {}
