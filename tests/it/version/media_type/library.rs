//! An API whose requests state their version by media types.

use super::*;

#[derive(Version)]
#[version(place = media_type("application/vnd.acme.{version}+json"), reason = "the partners accept a version")]
pub(super) enum Version {
    #[version(unstated, deprecated = "2026-01-01", sunset = "2036-06-01")]
    V1,
    V2,
    V3,
    #[version(preview)]
    V4,
}

#[derive(Input)]
pub(super) struct NewArticle {
    #[input(range = 1..=9)]
    count: u32,
}

#[derive(Input)]
pub(super) struct ChangeArticle {
    #[input(range = 1..=9)]
    count: Option<u32>,
}

/// Returns the number of the version that a request states.
fn number(context: &RequestContext) -> u32 {
    context.version()[1..].parse().expect("a number")
}

/// Shows one, as it was.
#[get("/articles/{slug}", version = Version::V1, role = Role::Member, view = ArticleView)]
async fn old(_slug: Unowned<Slug>) -> Article {
    Article { count: 1 }
}

/// Shows one.
#[get("/articles/{slug}", version = Version::V2.., role = Role::Member, view = ArticleView)]
async fn new(_slug: Unowned<Slug>, context: RequestContext) -> Article {
    Article { count: number(&context) }
}

/// Writes one.
#[post("/articles", version = Version::V1.., role = Role::Member, view = ArticleView)]
async fn write(Json(article): Json<NewArticle>, context: RequestContext) -> Created<Article> {
    Created::at::<newest>((), Article { count: article.count * 10 + number(&context) })
}

/// Shows the newest.
#[get("/newest", version = Version::V1.., role = Role::Member, view = ArticleView)]
async fn newest() -> Article {
    Article { count: 9 }
}

/// Changes one.
#[patch("/articles/{slug}", version = Version::V1.., role = Role::Member, view = ArticleView)]
async fn change(_slug: Unowned<Slug>, Patch(article): Patch<ChangeArticle>) -> Article {
    Article { count: article.count.unwrap_or(9) }
}

/// Asks for some.
#[query("/articles", version = Version::V1.., role = Role::Member, view = ArticleView)]
async fn ask(Json(article): Json<NewArticle>, context: RequestContext) -> Article {
    Article { count: article.count * 10 + number(&context) }
}

/// Removes one.
#[delete("/articles/{slug}", version = Version::V2.., role = Role::Member)]
async fn remove(_slug: Unowned<Slug>) -> NoContent {
    NoContent
}

/// Tells of them.
#[get("/about", version = Version::V2.., role = Role::Member)]
async fn about(context: RequestContext) -> Text<99> {
    Text::new(format!("as of {}", context.version()))
}

/// Tells of them, as it was.
#[get("/about", version = Version::V1, role = Role::Member)]
async fn about_old() -> Text<99> {
    Text::new("as it was")
}

struct Pictures;

impl DownloadKinds for Pictures {
    const KINDS: &'static [FileKind] = &[FileKind::Png, FileKind::Jpeg];
}

/// Shows a picture of them.
#[get("/picture", version = Version::V1.., role = Role::Member)]
async fn picture() -> Download<Pictures> {
    Download::new("a picture", FileKind::Png)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(old, new, write, newest, change, ask, remove, about, about_old, picture))]
pub(super) struct Library;
