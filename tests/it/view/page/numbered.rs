//! Pages that have a number: `Link` names the next one by the parameter that the route states.

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    prelude::*,
    testing::{self, json},
};
use serde_json::Value as Json;

use crate::support::Log;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource)]
#[view(ArticleView, role = Role::Member, fields(number))]
struct Article {
    number: u32,
}

#[derive(Input)]
struct Place {
    #[input(range = 1..=9)]
    page: Option<u32>,
    #[input(range = 1..=5, name = "per-page")]
    per_page: Option<u32>,
}

fn articles(place: &Place) -> (u32, Page<Article>) {
    let (page, most) = (place.page.unwrap_or(1), place.per_page.unwrap_or(2));
    let all = (1..=5).skip(((page - 1) * most) as usize).take(most as usize);
    (page + 1, Page::new(all.map(|number| Article { number }).collect()))
}

/// Lists articles by the number of the page.
#[get("/articles", version = Version::V1, role = Role::Member, view = ArticleView, page(array, links = "page"))]
async fn list_articles(Query(place): Query<Place>) -> Page<Article> {
    let (next, page) = articles(&place);
    let most = place.per_page.unwrap_or(2);
    if (next - 1) * most < 5 { page.followed_by(next.into()) } else { page }
}

/// Lists them in a member.
#[get("/articles/members", version = Version::V1, role = Role::Member, view = ArticleView,
      page(items = "articles", links = "page"))]
async fn in_a_member(Query(place): Query<Place>) -> Page<Article> {
    articles(&place).1.followed_by(2)
}

#[derive(Input)]
struct Stated {
    #[input(range = 1..=9)]
    page: u32,
}

/// Lists them by a number that has to be there.
#[get("/articles/stated", version = Version::V1, role = Role::Member, view = ArticleView, page(array, links = "page"))]
async fn stated(Query(Stated { page }): Query<Stated>) -> Page<Article> {
    articles(&Place { page: Some(page), per_page: None }).1.followed_by(u64::from(page) + 1)
}

/// Tells a number that no parameter is named for.
#[get("/articles/wrong", version = Version::V1, role = Role::Member, view = ArticleView)]
async fn wrong(Query(place): Query<Place>) -> Page<Article> {
    articles(&place).1.followed_by(2)
}

/// News.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(),
      routes(list_articles, in_a_member, stated, wrong))]
struct News;

fn app() -> AppBuilder {
    News::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

// R91
#[tokio::test]
async fn links_lead_from_page_to_page() {
    let client = testing::client(app()).expect("an app that starts");
    let member = client.as_caller(Role::Member, "alice");
    let mut query = "?per-page=2".to_owned();
    let mut found = Vec::new();
    for page in 1..=3 {
        let answer = member.get(&format!("/v1/articles{query}")).await;
        answer.assert_status(200);
        found.push(answer.text().to_owned());
        let links = answer.header("link").unwrap_or_default().to_owned();
        let next = format!("<?per-page=2&page={}>; rel=\"next\"", page + 1);
        assert_eq!(links.contains(&next), page < 3, "{links}");
        assert_eq!(links.contains("<?per-page=2>; rel=\"first\""), page > 1, "{links}");
        query = format!("?per-page=2&page={}", page + 1);
    }
    assert_eq!(found[0], r#"[{"number":1},{"number":2}]"#);
    assert_eq!(found[2], r#"[{"number":5}]"#);
    let answer = member.get("/v1/articles/members").await;
    assert_eq!(answer.text(), r#"{"articles":[{"number":1},{"number":2}]}"#);
    assert_eq!(answer.header("link"), Some("<?page=2>; rel=\"next\""));
    // Nothing tells what the first page is where it has to be stated.
    let answer = member.get("/v1/articles/stated?page=2").await;
    assert_eq!(answer.header("link"), Some("<?page=3>; rel=\"next\""));
    member.get("/v1/articles/stated").await.assert_status(400);
}

#[tokio::test]
async fn a_number_without_a_parameter_is_a_mistake() {
    let log = Log::capture();
    let client = testing::client(app()).expect("an app that starts");
    let member = client.as_caller(Role::Member, "alice");
    member.get("/v1/articles/wrong").await.assert_status(500);
    assert_eq!(log.lines_with(&["no `page(links = …)` names its parameter"]).len(), 1);
}

// R101
#[test]
fn the_link_is_documented_and_no_cursor() {
    let text = openapi_json(&News::API.model(), "v1").expect("a version");
    let document: Json = serde_json::from_str(&text).expect("a document");
    let answer = &document["paths"]["/v1/articles"]["get"]["responses"]["200"];
    assert!(
        answer["headers"]["Link"]["description"].as_str().expect("a text").contains("RFC 8288")
    );
    let schema = &answer["content"]["application/json"]["schema"];
    assert_eq!((&schema["type"], &schema["maxItems"]), (&json!("array"), &json!(100)));
    let members = &document["paths"]["/v1/articles/members"]["get"]["responses"]["200"];
    assert!(members.to_string().contains("articles") && !members.to_string().contains("\"next\""));
}
