//! An API of one version that no address tells, and addresses below segments of an app's own.

use secure_api::{
    app::AppBuilder,
    clock::Clock,
    contract::Contract,
    docs::{Docs, openapi_json},
    inventory::{ApiModel, LiveInventory},
    manage::Manage,
    prelude::*,
    testing::{self, Client},
    version::Day,
};
use serde_json::Value;

use crate::{
    manage,
    support::{TestServer, server::START, token},
};

#[derive(Role, Debug)]
enum Role {
    Member,
}

/// The one version.
#[derive(Version)]
#[version(place = none, below = "/api", reason = "the readers have called these addresses for years")]
enum Version {
    V1,
}

#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(text, max_len = 9, pattern = "^[a-z0-9]+$", unowned = "everybody reads every article")]
struct Slug(String);

#[derive(Resource)]
#[view(ArticleView, role = Role::Member, fields(count))]
struct Article {
    count: u32,
}

/// Lists them.
#[get("/articles", version = Version::V1.., role = Role::Member, view = ArticleView,
      page(array, links))]
async fn list(paging: Paging<u32>) -> Page<Article> {
    let from = paging.position().map_or(1, |last| last + 1);
    Page::paged(
        &paging,
        (from..).take(paging.rows()).map(|count| Article { count }).collect(),
        |last| last.count,
    )
}

/// Shows one.
#[get("/articles/{article}", version = Version::V1.., role = Role::Member, view = ArticleView)]
async fn show(_article: Unowned<Slug>) -> Article {
    Article { count: 7 }
}

/// Writes one.
#[post("/articles", version = Version::V1.., role = Role::Member, view = ArticleView)]
async fn write() -> Created<Article> {
    Created::at::<show>(Slug::new("bolt".to_owned()).expect("a slug"), Article { count: 8 })
}

/// Leads to one.
#[get("/newest", version = Version::V1.., role = Role::Member)]
async fn newest() -> Redirect {
    Redirect::to::<show>(Slug::new("bolt".to_owned()).expect("a slug"))
}

/// Lists them, the old way.
#[get("/find", version = Version::V1.., role = Role::Member, view = ArticleView,
      deprecated(since = "2026-01-01", instead = list))]
async fn find() -> Article {
    Article { count: 9 }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(list, show, write, newest, find))]
struct Journal;

fn app() -> AppBuilder {
    Journal::app().tokens(testing::issuer()).docs(Docs::open("the journal is read by everybody"))
}

fn client() -> Client {
    testing::client(app()).expect("an app that starts")
}

#[tokio::test]
async fn an_address_tells_no_version() {
    let member = client().as_caller(Role::Member, "alice");
    assert_eq!(member.get("/api/articles/bolt").await.status(), 200);
    for path in ["/articles/bolt", "/v1/articles/bolt", "/api/v1/articles/bolt", "/api", "/"] {
        assert_eq!(member.get(path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn addresses_that_the_app_tells_have_none() {
    let member = client().as_caller(Role::Member, "alice");
    let made = member.post("/api/articles").await;
    assert_eq!((made.status(), made.header("location")), (201, Some("/api/articles/bolt")));
    let led = member.get("/api/newest").await;
    assert_eq!((led.status(), led.header("location")), (303, Some("/api/articles/bolt")));
    let old = member.get("/api/find").await;
    assert_eq!(old.header("link"), Some("</api/articles>; rel=\"successor-version\""));
    let listed = member.get("/api/articles?size=2").await;
    let link = listed.header("link").expect("a link to the next page");
    let (address, _) = link.split_once("cursor=").expect("a cursor");
    assert_eq!(address, "<?size=2&", "{link}");
}

fn document(model: &ApiModel) -> Value {
    let text = openapi_json(model, "v1").expect("a document");
    serde_json::from_str(&text).expect("JSON")
}

#[tokio::test]
async fn the_document_has_the_same_addresses() {
    let served = client().get("/openapi/v1.json").await;
    assert_eq!(served.status(), 200);
    let document = document(&Journal::API.model());
    let paths: Vec<_> = document["paths"].as_object().expect("paths").keys().collect();
    assert_eq!(paths, ["/api/articles", "/api/articles/{article}", "/api/newest", "/api/find"]);
    assert_eq!(document["info"]["version"], "v1");
    let old = document["paths"]["/api/find"]["get"]["description"].as_str().expect("a text");
    assert!(old.contains("use `/api/articles` instead"), "{old}");
    let text = document.to_string();
    assert!(!text.contains("/v1/"), "{text}");
}

#[test]
fn the_inventory_the_contract_and_a_log_have_them_too() {
    let model = Journal::API.model();
    let hatches = model.hatches();
    let place = hatches.iter().find(|hatch| hatch.rule == "version_place").expect("an exception");
    assert_eq!(place.reason, "the readers have called these addresses for years");
    let table = secure_api::inventory::routes(&model);
    assert!(
        table.starts_with(
            "Journal: 5 operations; versions v1; roles member; below /api; no version in requests\n\
         allowed version_place: the readers have called these addresses for years"
        ),
        "{table}"
    );
    let text = Contract::of(&model).text();
    assert!(text.contains("\"/api/articles/{article}\"") && !text.contains("/v1/"), "{text}");
    assert_eq!(
        serde_json::from_str::<ApiModel>(&serde_json::to_string(&model).expect("JSON"))
            .expect("a model"),
        model
    );
    let log =
        br#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "GET /api/articles/bolt HTTP/1.1" 200 9
192.0.2.1 - - [29/Nov/2026:20:42:27 +0000] "GET /v1/articles/bolt HTTP/1.1" 404 9
"#;
    let traffic = app().traffic_in(&log[..]).expect("a log");
    let called: Vec<_> = traffic.operations.iter().filter(|one| one.calls > 0).collect();
    assert_eq!((called.len(), &*called[0].expected.path), (1, "/api/articles/{article}"));
    assert_eq!(traffic.undeclared[0].path, "/v1/articles/bolt");
    let tried = app().limits_against(&log[..]).expect("a log");
    assert_eq!((tried.requests, tried.unanswered), (2, 1));
}

#[tokio::test]
async fn the_live_inventory_knows_its_operations() {
    let clock = Clock::manual(START);
    let app = Journal::app().tokens(token::issuer()).clock(clock.clone());
    let app = app.manage(Manage::at("127.0.0.1:0")).build().expect("an app that starts");
    let server = TestServer::run(app, Default::default(), clock).await;
    let alice = server.token("alice", &["member"]);
    server.get_as(&alice, "/api/articles/bolt").await.has_status(200);
    server.get("/v1/articles").await.has_status(404);
    let answer = manage::ask(manage::at(&server), "/inventory", "").await;
    let live: LiveInventory = serde_json::from_str(&answer.body).expect("an inventory");
    let show = live.operations.iter().find(|one| one.operation == "show").expect("an operation");
    assert_eq!((show.calls, &*show.version), (1, "v1"));
    assert_eq!(live.unmatched[0].path, "/v1/articles");
}

#[tokio::test]
async fn verify_attacks_them() {
    let verified = testing::verify(app()).report().await.expect("an app that starts");
    assert!(verified.broken.is_empty(), "{verified}");
    assert_eq!(verified.kept(testing::Check::OddKeys), verified.routes.len(), "{verified}");
}

/// A change of the place is a change of every address.
#[test]
fn a_contract_is_broken_where_the_place_changes() {
    let model = Journal::API.model();
    let promised = Contract::of(&model);
    let mut moved = model;
    moved.versions[0].addresses.below = String::new();
    let report = promised.compare(&Contract::of(&moved), Day::new(2026, 11, 30));
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.rule == "api-path-removed-without-deprecation"),
        "{report}"
    );
}

mod of_one_address {
    use super::{Article, ArticleView, Limit, Role, Slug, Unowned, api, get, testing};
    use secure_api::{docs::Docs, prelude::Version};

    #[derive(Version)]
    #[version(place = none, paths = "as written", reason = "the readers have called these addresses for years")]
    enum Versions {
        V1,
    }

    /// Shows the journal.
    #[get("/", version = Versions::V1.., role = Role::Member, view = ArticleView)]
    async fn root() -> Article {
        Article { count: 1 }
    }

    /// Shows one by its name alone.
    #[get("/{slug}", version = Versions::V1.., role = Role::Member, view = ArticleView)]
    async fn short(_slug: Unowned<Slug>) -> Article {
        Article { count: 2 }
    }

    #[api(roles = Role, versions = Versions, limit = Limit::per_principal(600).per_minute(), routes(root, short))]
    struct Short;

    #[tokio::test]
    async fn the_root_is_the_root() {
        let app = Short::app().tokens(testing::issuer()).docs(Docs::off());
        let member =
            testing::client(app).expect("an app that starts").as_caller(Role::Member, "alice");
        assert_eq!(member.get("/").await.json_pointer("/count"), 1);
        assert_eq!(member.get("/bolt").await.json_pointer("/count"), 2);
        let app = Short::app().tokens(testing::issuer()).docs(Docs::off());
        let verified = testing::verify(app).report().await.expect("an app that starts");
        assert!(verified.broken.is_empty(), "{verified}");
    }

    /// Else an object of that name could not be reached, or the page of the documents could not.
    #[test]
    fn what_the_app_answers_itself_is_no_address_of_an_operation() {
        let app = Short::app()
            .tokens(testing::issuer())
            .docs(Docs::open("the journal is read by everybody"));
        let error = app.build().expect_err("an app that does not start");
        let told: Vec<_> =
            error.problems().iter().map(|problem| (problem.code, &*problem.text)).collect();
        assert_eq!(
            told,
            [("SA041", "`short` is called at `/{slug}`, and the app itself answers `/docs`")]
        );
    }
}
