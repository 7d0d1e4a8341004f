//! An API whose requests state their version in a header.

use super::*;

#[derive(Version)]
#[version(place = header("X-Api-Version"), below = "/v1", reason = "the partners state a day")]
pub(super) enum Version {
    #[version(
        name = "2023-10-01",
        deprecated = "2026-01-01",
        sunset = "2036-06-01",
        brownout("2035-01-01T10:00Z", "30m")
    )]
    First,
    #[version(name = "2026-06-01")]
    Second,
    #[version(name = "2026-11-01", preview)]
    Next,
}

/// Shows one, as it was.
#[get("/articles/{slug}", version = Version::First, role = Role::Member, view = ArticleView,
      deprecated(since = "2026-02-01", instead = newest))]
async fn old(_slug: Unowned<Slug>) -> Article {
    Article { count: 1 }
}

/// Shows one.
#[get("/articles/{article}", version = Version::Second.., role = Role::Member, view = ArticleView)]
async fn new(_article: Unowned<Slug>, context: RequestContext) -> Article {
    Article { count: if context.version() == "2026-06-01" { 2 } else { 3 } }
}

/// Writes one.
#[post("/articles", version = Version::First.., role = Role::Member, view = ArticleView)]
async fn write() -> Created<Article> {
    Created::at::<newest>((), Article { count: 8 })
}

/// Shows the newest.
#[get("/newest", version = Version::First.., role = Role::Member, view = ArticleView)]
async fn newest() -> Article {
    Article { count: 9 }
}

/// Removes one, as only the second version can.
#[delete("/newest", version = Version::Second.., role = Role::Member)]
async fn remove() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(old, new, write, newest, remove))]
pub(super) struct Dated;
