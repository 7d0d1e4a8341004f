use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct NewNote {
    #[input(max_len = 80)]
    title: String,
}

/// Takes a note.
#[post("/notes", version = Version::V1, public = "a sample is for everybody")]
async fn add_note(Upload(_new): Upload<NewNote>) -> Accepted {
    Accepted
}

fn main() {}
