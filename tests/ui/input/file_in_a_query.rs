use secure_api::prelude::*;

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Filter {
    #[input(items = 1..=5, each(max_bytes = 5 * MIB, kinds = [FileKind::Png]))]
    like: Vec<UploadedFile>,
}

/// Finds pictures.
#[post("/searches", version = Version::V1, public = "a sample is for everybody")]
async fn search(Query(_filter): Query<Filter>) -> Accepted {
    Accepted
}

fn main() {}
