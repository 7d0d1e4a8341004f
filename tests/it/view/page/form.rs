//! Pages in the forms that others use: named members, a total, a bare array, `Link` (RFC 8288).

use reqwest::Method;
use secure_api::{app::AppBuilder, clock::Clock, docs::openapi_json, prelude::*};
use serde_json::{Value as Json, json};

use crate::support::{Answer, Log, TestServer, server::START};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    #[version(
        deprecated = "2020-01-01",
        sunset = "2099-01-01",
        migrate = "https://news.example/v2"
    )]
    V1,
    V2,
}

#[derive(Resource)]
#[view(ArticleView, public, fields(number))]
struct Article {
    number: u32,
}

#[derive(Input)]
struct Filter {
    #[input(max_len = 20)]
    tag: Option<String>,
    #[input(range = 0..=100)]
    offset: Option<u32>,
}

const EVERYBODY: Limit = Limit::per_address(6000).per_minute();

fn rows(paging: &Paging<u32>) -> Vec<Article> {
    let after = paging.position().copied().unwrap_or(0);
    (after + 1..=5).take(paging.rows()).map(|number| Article { number }).collect()
}

/// Lists articles by a cursor, with their number.
#[get("/articles", version = Version::V1.., public = "news are for everybody", view = ArticleView, limit = EVERYBODY,
      page(items = "articles", total = "articlesCount", next = "more"))]
async fn list_articles(paging: Paging<u32>) -> Page<Article> {
    Page::paged(&paging, rows(&paging), |last| last.number).total(5)
}

/// Lists articles by an offset of the route's own.
#[get("/articles/feed", version = Version::V1.., public = "news are for everybody", view = ArticleView,
      limit = EVERYBODY, page(items = "articles", total = "articlesCount"))]
async fn feed(Query(filter): Query<Filter>) -> Page<Article> {
    let from = filter.offset.unwrap_or(0);
    let page = Page::new((from + 1..=5).map(|number| Article { number }).collect());
    if filter.tag.as_deref() == Some("untotalled") { page } else { page.total(5) }
}

/// Lists articles as a bare array.
#[get("/articles/bare", version = Version::V1.., public = "news are for everybody", view = ArticleView,
      limit = EVERYBODY, page(array, links))]
async fn bare(Query(_filter): Query<Filter>, paging: Paging<u32>) -> Page<Article> {
    Page::paged(&paging, rows(&paging), |last| last.number)
}

/// Lists articles with a total that nobody named.
#[get("/articles/wrong", version = Version::V1.., public = "news are for everybody", view = ArticleView,
      limit = EVERYBODY)]
async fn wrong() -> Page<Article> {
    Page::new(Vec::new()).total(5)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "an example of lists alone"),
      routes(list_articles, feed, bare, wrong))]
struct News;

fn news() -> AppBuilder {
    News::app().clock(Clock::manual(START))
}

async fn server() -> TestServer {
    TestServer::run(news().build().expect("an app"), Default::default(), Clock::manual(START)).await
}

fn numbers(items: &Json) -> Vec<u64> {
    items
        .as_array()
        .expect("items")
        .iter()
        .map(|one| one["number"].as_u64().expect("one"))
        .collect()
}

/// Returns the reference that a `Link` gives for a relation.
fn link(answer: &Answer, relation: &str) -> Option<String> {
    let links = answer.maybe_header("link")?;
    let wanted = format!("; rel=\"{relation}\"");
    let one = links.split(", ").find(|one| one.ends_with(&wanted))?;
    Some(one[1..].split('>').next().expect("a reference").to_owned())
}

// R91: the members that a contract has, and the cursor in the one that it names.
#[tokio::test]
async fn items_total_and_cursor_stand_where_the_route_says() {
    let server = server().await;
    let first = server.get("/v2/articles?size=2").await.json();
    assert_eq!(numbers(&first["articles"]), [1, 2]);
    assert_eq!(
        (first["articlesCount"].as_u64(), first.as_object().expect("members").len()),
        (Some(5), 3)
    );
    let cursor = first["more"].as_str().expect("a cursor");
    let second = server.get(&format!("/v2/articles?size=2&cursor={cursor}")).await.json();
    assert_eq!(numbers(&second["articles"]), [3, 4]);
    let last = server.get("/v2/articles").await.json();
    assert_eq!((numbers(&last["articles"]).len(), last.get("more")), (5, None));
    let offset = server.get("/v2/articles/feed?offset=3").await;
    assert_eq!(
        offset.json(),
        json!({"articles": [{"number": 4}, {"number": 5}], "articlesCount": 5})
    );
}

// R91
#[tokio::test]
async fn links_lead_through_a_bare_array() {
    let server = server().await;
    let (mut found, mut query, mut pages) = (Vec::new(), "?tag=a%20b&size=2".to_owned(), 0);
    loop {
        let answer = server.get(&format!("/v2/articles/bare{query}")).await;
        found.extend(numbers(&answer.json()));
        assert_eq!(link(&answer, "first").as_deref(), (pages > 0).then_some("?tag=a%20b&size=2"));
        pages += 1;
        match link(&answer, "next") {
            Some(next) => query = next,
            None => break,
        }
        assert!(pages < 9, "there is no end");
    }
    assert_eq!((found, pages), (vec![1, 2, 3, 4, 5], 3));
    // What tells of the end of a version stays beside it.
    let old = server.get("/v1/articles/bare?size=2").await;
    assert!(
        link(&old, "next").is_some() && old.header("link").contains("rel=\"deprecation"),
        "{old:#?}"
    );
    assert_eq!(old.headers.get_all("link").iter().count(), 1);
    let head = Answer::of(server.request(Method::HEAD, "/v2/articles/bare?size=2")).await;
    assert!(link(&head, "next").is_some());
}

#[tokio::test]
async fn a_total_and_its_member_belong_together() {
    let log = Log::capture();
    let server = server().await;
    server.get("/v2/articles/wrong").await.is_problem(500);
    server.get("/v2/articles/feed?tag=untotalled").await.is_problem(500);
    for why in ["names no member for it", "the page has no total"] {
        assert_eq!(log.lines_with(&[why]).len(), 1, "{why}");
    }
}

#[test]
fn documents_and_inventory_tell_the_form() {
    let text = openapi_json(&News::API.model(), "v2").expect("a version");
    let document: Json = serde_json::from_str(&text).expect("a document");
    let answer = |path: &str| {
        let operation = &document["paths"][path]["get"];
        (operation["responses"]["200"].clone(), operation["parameters"].clone())
    };
    let (listed, parameters) = answer("/v2/articles");
    let schema = &listed["content"]["application/json"]["schema"];
    assert_eq!(schema["required"], json!(["articles", "articlesCount"]));
    assert_eq!(schema["properties"]["articles"]["maxItems"], 100);
    assert_eq!(schema["properties"]["articlesCount"]["type"], "integer");
    assert!(schema["properties"]["more"].is_object() && schema["properties"]["next"].is_null());
    assert!(parameters.to_string().contains("The `more` of the page before"));
    let (bare, parameters) = answer("/v2/articles/bare");
    assert_eq!(bare["content"]["application/json"]["schema"]["type"], "array");
    assert!(bare["headers"]["Link"]["description"].as_str().expect("a text").contains("RFC 8288"));
    assert!(parameters.to_string().contains("The cursor in the `Link` of the page before"));
    let inventory = news().build().expect("an app").inventory();
    for note in
        ["page in articles total in articlesCount next in more", "page is an array next by Link"]
    {
        assert!(inventory.contains(note), "{note}: {inventory}");
    }
}
