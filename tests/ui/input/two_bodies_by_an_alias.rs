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

type Sent = Form<NewNote>;

/// Takes two notes.
#[put("/notes", version = Version::V1, public = "a sample is for everybody")]
async fn put_notes(Json(_one): Json<NewNote>, Query(_filter): Query<NewNote>, _two: Sent) -> NoContent {
    NoContent
}

fn main() {}
