//! An API whose requests state their version in their query.

use super::*;

#[derive(Input)]
struct Filter {
    #[input(text, max_len = 9)]
    title: Option<String>,
}

#[derive(Version)]
#[version(place = query("api-version"), reason = "the old clients cannot set a header")]
pub(super) enum Version {
    #[version(unstated)]
    V1,
    V2,
}

/// Lists them.
#[get("/articles", version = Version::V1.., role = Role::Member, view = ArticleView, page(array, links))]
async fn list(Query(filter): Query<Filter>, paging: Paging<u32>) -> Page<Article> {
    let from = paging.position().map_or(1, |last| last + 1);
    let titled = u32::from(filter.title.is_some());
    let rows = (from..).take(paging.rows()).map(|count| Article { count: count + titled });
    Page::paged(&paging, rows.collect(), |last| last.count)
}

/// Shows one, as it was.
#[get("/articles/{slug}", version = Version::V1, role = Role::Member, view = ArticleView)]
async fn old(_slug: Unowned<Slug>) -> Article {
    Article { count: 1 }
}

/// Shows one.
#[get("/articles/{slug}", version = Version::V2.., role = Role::Member, view = ArticleView)]
async fn new(_slug: Unowned<Slug>) -> Article {
    Article { count: 2 }
}

/// Writes one.
#[post("/articles", version = Version::V2.., role = Role::Member, view = ArticleView)]
async fn write() -> Created<Article> {
    Created::at::<new>(slug(), Article { count: 8 })
}

/// Finds one, the old way.
#[get("/find", version = Version::V1.., role = Role::Member, view = ArticleView,
      deprecated(since = "2026-01-01", instead = list))]
async fn find() -> Article {
    Article { count: 9 }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(list, old, new, write, find))]
pub(super) struct Asked;
