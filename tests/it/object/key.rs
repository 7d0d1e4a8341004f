//! Keys are segments of a path: what no URL can carry is no key, and what was created is found at its address.

use reqwest::Method;
use secure_api::{clock::Clock, prelude::*};
use serde_json::json;

use crate::support::{Answer, Shelf, TestServer, server::START, store::Db as Depot, token};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A title finds a page, and no page is called like the path beside it.
#[derive(Value, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[value(key, max_len = 40, reserved("last"))]
struct Title(String);

#[derive(Resource, Clone)]
#[view(PageView, role = Role::Member, fields(title))]
struct Page {
    title: Title,
}

type Wiki = Shelf<Title, Page>;

impl Object for Page {
    type Key = Title;
    type Store = Wiki;
    type Roles = Role;
    type Scope = ();

    async fn load(
        wiki: &Reader<Wiki>,
        title: Title,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(wiki.things().get(&title).cloned())
    }

    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        true
    }

    fn scope(_: &Caller<Role>) {}
}

#[derive(Input)]
struct NewPage {
    #[input(key = "whoever writes a page says what it is called")]
    title: Title,
}

/// Shows a page.
#[get("/pages/{page}", version = Version::V1, role = Role::Member, view = PageView)]
async fn show(page: Authorized<Page>) -> Authorized<Page> {
    page
}

/// Shows the last page.
#[get("/pages/last", version = Version::V1, role = Role::Member, view = PageView)]
async fn last(pages: Scoped<Page>, wiki: Reader<Wiki>) -> Option<Authorized<Page>> {
    let last = wiki.things().values().last().cloned();
    pages.one(last)
}

/// Writes a page.
#[post("/pages", version = Version::V1, role = Role::Member, view = PageView)]
async fn write(
    caller: Caller<Role>,
    wiki: Writer<Wiki>,
    Json(new): Json<NewPage>,
) -> Result<Created<Authorized<Page>>, Denied> {
    let page = Authorized::create(Page { title: new.title }, &caller)?;
    wiki.things().insert(page.title.clone(), page.clone());
    Ok(Created::at::<show>(page.title.clone(), page))
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(),
      routes(show, last, write))]
struct Pages;

async fn start() -> (TestServer, String) {
    let clock = Clock::manual(START);
    let app = Pages::app().store(Wiki::default()).tokens(token::issuer()).clock(clock.clone());
    let server = TestServer::run(app.build().expect("an app"), Depot::default(), clock).await;
    let token = server.token("alice", &["member"]);
    (server, token)
}

async fn create(server: &TestServer, token: &str, title: &str) -> Answer {
    let request = server.request(Method::POST, "/v1/pages").bearer_auth(token);
    Answer::of(request.json(&json!({ "title": title }))).await
}

// R35
#[tokio::test]
async fn whatever_is_created_is_found_at_its_address() {
    let (server, token) = start().await;
    for title in ["Tea", "a b", "Grüße & mehr", "...", "a;b=c+d", "~", "über:alles", "latest"] {
        let created = create(&server, &token, title).await;
        assert_eq!(created.status, 201, "{title}: {created:#?}");
        let shown = server.get_as(&token, created.header("location")).await;
        assert_eq!((shown.status, shown.json()), (200, json!({ "title": title })), "{title}");
    }
}

// R35
#[tokio::test]
async fn what_no_path_can_carry_is_no_key() {
    let (server, token) = start().await;
    for title in ["", ".", "..", "a/b", "a\\b", "what?", "#1", "100%", "a\nb", "\u{7f}"] {
        let problem = create(&server, &token, title).await.is_problem(422);
        assert_eq!(problem["errors"][0]["pointer"], "/title", "{title:?}");
    }
    assert!("a/b".parse::<Title>().is_err() && Title::new("..".to_owned()).is_err());
}

// R35
#[tokio::test]
async fn a_reserved_word_is_no_key_and_its_path_answers() {
    let (server, token) = start().await;
    let problem = create(&server, &token, "last").await.is_problem(422);
    assert_eq!(problem["errors"][0]["code"], "reserved");
    create(&server, &token, "Tea").await;
    let last = server.get_as(&token, "/v1/pages/last").await;
    assert_eq!((last.status, last.json()), (200, json!({ "title": "Tea" })));
}
