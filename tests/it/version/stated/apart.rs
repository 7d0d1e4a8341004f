//! A path that one version alone has: in the others it is a key of what they have there.

use reqwest::Method;

use super::*;

#[derive(Version)]
#[version(place = header("X-Api-Version"), reason = "the partners state a version")]
enum Version {
    #[version(deprecated = "2026-01-01", sunset = "2036-06-01")]
    V1,
    V2,
}

#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(
    text,
    max_len = 9,
    pattern = "^[a-z0-9]+$",
    reserved("first"),
    unowned = "everybody reads every article"
)]
struct Title(String);

/// Finds one, as it was.
#[get("/articles/search", version = Version::V1, role = Role::Member, view = ArticleView)]
async fn search() -> Article {
    Article { count: 1 }
}

/// Keeps a search, as it was.
#[post("/articles/search", version = Version::V1, role = Role::Member)]
async fn keep_search() -> Accepted {
    Accepted
}

/// Shows one.
#[get("/articles/{slug}", version = Version::V2.., role = Role::Member, view = ArticleView)]
async fn show(slug: Unowned<Title>) -> Article {
    Article { count: 1 + slug.0.as_str().len() as u32 }
}

/// Shows the first one, which is no key.
#[get("/articles/first", version = Version::V2.., role = Role::Member, view = ArticleView,
      deprecated(since = "2026-01-01", instead = show))]
async fn first() -> Article {
    Article { count: 1 }
}

/// Removes one.
#[delete("/articles/{slug}", version = Version::V2.., role = Role::Member)]
async fn remove(_slug: Unowned<Title>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(search, keep_search, show, first, remove))]
struct Apart;

mod with_one_that_is_meant {
    use super::super::*;

    #[derive(Version)]
    #[version(place = header("X-Api-Version"), reason = "the partners state a version")]
    enum Version {
        #[version(unstated)]
        V1,
        V2,
    }

    /// Finds one, as it was.
    #[get("/articles/search", version = Version::V1, role = Role::Member, view = ArticleView)]
    async fn search() -> Article {
        Article { count: 1 }
    }

    /// Removes one.
    #[delete("/articles/{slug}", version = Version::V2.., role = Role::Member)]
    async fn remove(_slug: Unowned<Slug>) -> NoContent {
        NoContent
    }

    #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
          routes(search, remove))]
    pub(super) struct Meant;
}

fn app() -> AppBuilder {
    Apart::app().tokens(testing::issuer()).docs(Docs::open("partners read the documents"))
}

const SEARCH: &str = "/articles/search";

#[tokio::test]
async fn what_one_version_has_hides_no_key_of_another() {
    let client = client(app());
    let member = client.as_caller(Role::Member, "alice");
    let get = |version, path: &str| member.get(path).header(NAME, version);
    let old = get("v1", SEARCH).await;
    assert_eq!(old.json_pointer("/count"), 1, "{old:?}");
    assert!(old.header("deprecation").is_some() && old.header("sunset").is_some());
    let new = get("v2", SEARCH).await;
    assert_eq!(new.json_pointer("/count"), 7, "{new:?}");
    assert!(new.header("deprecation").is_none(), "{new:?}");
    assert_eq!(get("v1", "/articles/bolt").await.status(), 404);
    assert_eq!(get("v2", "/articles/bolt").await.json_pointer("/count"), 5);
    let head = |version| member.request("HEAD", SEARCH).header(NAME, version);
    assert_eq!((head("v1").await.status(), head("v2").await.status()), (200, 200));
    for (refused, allow) in [
        (member.delete(SEARCH).header(NAME, "v1").await, "GET, HEAD, POST, OPTIONS"),
        (member.post(SEARCH).header(NAME, "v2").await, "GET, HEAD, DELETE, OPTIONS"),
    ] {
        assert_eq!((refused.status(), refused.header("allow")), (405, Some(allow)), "{refused:?}");
    }
    assert_eq!(member.delete(SEARCH).header(NAME, "v2").await.status(), 204);
    client.advance_to("2036-06-01T00:00:00Z");
    let member = client.as_caller(Role::Member, "alice");
    let get = |version| member.get(SEARCH).header(NAME, version);
    assert_eq!((get("v1").await.status(), get("v2").await.status()), (410, 200));
}

#[tokio::test]
async fn a_version_that_is_not_served_is_refused_where_some_version_has_the_path() {
    let client = client(app());
    for path in [SEARCH, "/articles/bolt"] {
        for request in [client.get(path), client.get(path).header(NAME, "v9")] {
            let refused = request.await;
            assert_eq!(refused.status(), 400, "{refused:?}");
            assert!(refused.text().contains("one of: v1, v2"), "{refused:?}");
        }
    }
    for path in ["/articles", "/articles/bolt/more"] {
        assert_eq!(client.get(path).await.status(), 404, "{path}");
        assert_eq!(client.get(path).header(NAME, "v2").await.status(), 404, "{path}");
    }
    assert_eq!(client.get("/openapi/v1.json").await.status(), 200, "a document is of no version");
}

#[tokio::test]
async fn a_browser_that_asks_before_is_told_of_all_versions() {
    let asked = async |app: AppBuilder| {
        let clock = Clock::manual(START);
        let app = app.tokens(token::issuer()).clock(clock.clone()).cors(["https://app.example"]);
        let app = app.build().expect("an app that starts");
        TestServer::run(app, Default::default(), clock).await
    };
    let allowed = async |server: &TestServer, path: &str, headers: &[(&str, &str)]| {
        let request = server.request(Method::OPTIONS, path);
        let request = headers.iter().fold(request, |all, (name, value)| all.header(*name, *value));
        let answer = Answer::of(request).await;
        (answer.status, answer.maybe_header("allow").unwrap_or_default().to_owned())
    };
    let before = [("origin", "https://app.example"), ("access-control-request-method", "DELETE")];
    let server = asked(Apart::app()).await;
    let told = |allow: &str| (204, allow.to_owned());
    let all = told("GET, HEAD, POST, DELETE, OPTIONS");
    assert_eq!(allowed(&server, SEARCH, &before).await, all);
    assert_eq!(allowed(&server, SEARCH, &[]).await, all);
    let second = told("GET, HEAD, DELETE, OPTIONS");
    assert_eq!(allowed(&server, "/articles/bolt", &before).await, second);
    assert_eq!(allowed(&server, SEARCH, &[(NAME, "v2")]).await, second);
    let first = told("GET, HEAD, POST, OPTIONS");
    assert_eq!(allowed(&server, SEARCH, &[(NAME, "v1")]).await, first);
    assert_eq!(allowed(&server, "/nothing", &before).await.0, 404);
    // It states no version, and does not mean the one that is meant then.
    let server = asked(with_one_that_is_meant::Meant::app()).await;
    let both = told("GET, HEAD, DELETE, OPTIONS");
    assert_eq!(allowed(&server, SEARCH, &before).await, both);
    assert_eq!(allowed(&server, "/articles/bolt", &before).await, told("DELETE, OPTIONS"));
    assert_eq!(allowed(&server, SEARCH, &[]).await, told("GET, HEAD, OPTIONS"));
}

#[tokio::test]
async fn each_call_is_noted_where_it_was() {
    let clock = Clock::manual(START);
    let app = Apart::app().tokens(token::issuer()).clock(clock.clone());
    let app = app.manage(Manage::at("127.0.0.1:0")).build().expect("an app that starts");
    drop(app.router());
    let server = TestServer::run(app, Default::default(), clock).await;
    let alice = server.token("alice", &["member"]);
    for (version, status) in [("v1", 200), ("v2", 200), ("v2", 200), ("v9", 400)] {
        let request = server.request(Method::GET, SEARCH).bearer_auth(&alice);
        Answer::of(request.header(NAME, version)).await.has_status(status);
    }
    let answer = manage::ask(manage::at(&server), "/inventory", "").await;
    let live: LiveInventory = serde_json::from_str(&answer.body).expect("an inventory");
    let calls = |name: &str| {
        live.operations.iter().find(|one| one.operation == name).expect("an operation").calls
    };
    assert_eq!((calls("search"), calls("show")), (1, 2));
}

#[test]
fn a_log_does_not_tell_which_of_both_it_was() {
    let log = br#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "GET /articles/search HTTP/1.1" 200 9
192.0.2.1 - - [29/Nov/2026:20:42:27 +0000] "DELETE /articles/search HTTP/1.1" 204 0
192.0.2.1 - - [29/Nov/2026:20:42:28 +0000] "POST /articles/search HTTP/1.1" 202 0
192.0.2.1 - - [29/Nov/2026:20:42:29 +0000] "GET /articles/first HTTP/1.1" 200 9
"#;
    let traffic = app().traffic_in(&log[..]).expect("a log");
    let zombies: Vec<_> = traffic.zombies().map(|one| &*one.expected.operation).collect();
    let wanted = ["keep_search", "first"];
    assert_eq!(zombies, wanted, "a search may have been a key, and the first was none: {traffic}");
    assert_eq!(traffic.undeclared.len(), 0, "{traffic}");
    let tried = app().limits_against(&log[..]).expect("a log");
    assert_eq!((tried.requests, tried.unanswered), (4, 0));
    let operations = tried.policies.iter().filter(|one| one.requests > 0);
    let mut called: Vec<_> = operations.map(|one| &*one.operation).collect();
    called.sort_unstable();
    called.dedup();
    assert_eq!(
        called,
        ["app", "first", "keep_search", "remove", "show"],
        "the newest that answers: {tried}"
    );
}

#[tokio::test]
async fn verify_attacks_both() {
    for app in [app(), with_one_that_is_meant::Meant::app().tokens(testing::issuer())] {
        let verified = testing::verify(app).report().await.expect("an app that starts");
        assert!(verified.broken.is_empty(), "{verified}");
    }
}
