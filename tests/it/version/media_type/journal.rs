//! An API that has no version for requests which state none.

use super::*;

#[derive(Version)]
#[version(place = media_type("application/vnd.acme.{version}+json"), reason = "the partners accept a version")]
pub(super) enum Version {
    V1,
    V2,
}

#[derive(Input)]
pub(super) struct NewArticle {
    #[input(range = 1..=9)]
    count: u32,
}

/// Shows the newest.
#[get("/articles", version = Version::V1.., role = Role::Member, view = ArticleView)]
async fn newest() -> Article {
    Article { count: 9 }
}

/// Writes one.
#[post("/articles", version = Version::V1.., role = Role::Member, view = ArticleView)]
async fn write(Json(article): Json<NewArticle>) -> Created<Article> {
    Created::at::<newest>((), Article { count: article.count })
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(newest, write))]
pub(super) struct Journal;
