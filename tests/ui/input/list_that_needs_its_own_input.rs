use secure_api::prelude::*;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct NewComment {
    #[input(max_len = 500)]
    text: String,
    #[input(items = 1..=20, depth = 5)]
    answers: Vec<NewComment>,
}

/// Writes one.
#[post("/comments", version = Version::V1.., role = Role::Member)]
async fn write(Json(comment): Json<NewComment>) -> Accepted {
    let _ = (comment.text, comment.answers);
    Accepted
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(write))]
struct Forum;

fn main() {}
