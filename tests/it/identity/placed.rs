//! API keys that stand where somebody else's contract has them: in another header, in a cookie, in the query.

mod depots;

use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    identity::{Credential, Kind},
    prelude::*,
    testing::{self, Check},
};
use serde_json::{Value, json};

use self::depots::{
    ByCookie, ByHeader, ByQuery, CookieKey, Depot, HeaderKey, Line, LineView, QueryKey, REASON,
};
use super::api_key::depot::Table;
use crate::support::{
    Log,
    model::{Role, Version},
    token,
};

// R18 R22: a key counts in the place that the contract has, and nowhere else.
#[tokio::test]
async fn a_key_in_another_header() {
    let depot = Depot::open::<HeaderKey>(ByHeader::app()).await;
    let key = &*depot.key;
    let answer = depot.get("/v1/shelf?word=nut", &[("x_acme_key", key)]).await;
    assert_eq!(answer.json()["name"], "https://login.depot.example||alice nut");
    assert_eq!(answer.header("vary"), "accept, authorization, x_acme_key");
    for elsewhere in [("x-api-key", key), ("cookie", &*format!("x_acme_key={key}"))] {
        depot.get("/v1/shelf", &[elsewhere]).await.is_problem(401);
    }
    depot.get(&format!("/v1/shelf?x_acme_key={key}"), &[]).await.is_problem(401);
    let twice = depot.get("/v1/shelf", &[("x_acme_key", key), ("x_acme_key", key)]).await;
    twice.is_problem(400);
    let token = format!("Bearer {}", depot.server.token("alice", &["customer"]));
    let both = depot.get("/v1/shelf", &[("x_acme_key", key), ("authorization", &token)]).await;
    both.is_problem(400);
}

// R22: of two keys nobody could tell which one is meant, be both good, one bad, or one empty.
#[tokio::test]
async fn a_key_that_is_sent_at_another_place_too_is_refused() {
    let by_header = Depot::open::<HeaderKey>(ByHeader::app()).await;
    let by_cookie = Depot::open::<CookieKey>(ByCookie::app()).await;
    let by_query = Depot::open::<QueryKey>(ByQuery::app()).await;
    for (depot, header) in
        [(&by_header, None), (&by_cookie, Some("acme_key")), (&by_query, Some("api_key"))]
    {
        let key = &*depot.key;
        let (path, own) = match header {
            None => ("/v1/shelf".to_owned(), Some(("x_acme_key", key.to_owned()))),
            Some("acme_key") => {
                ("/v1/shelf".to_owned(), Some(("cookie", format!("acme_key={key}"))))
            }
            Some(_) => (format!("/v1/shelf?api_key={key}"), None),
        };
        let own: Vec<_> = own.iter().map(|(name, value)| (*name, &**value)).collect();
        assert_eq!(depot.get(&path, &own).await.status, 200);
        for second in [Some("x-api-key"), header].into_iter().flatten() {
            for value in [key, "x", ""] {
                let both = [&own[..], &[(second, value)]].concat();
                depot.get(&path, &both).await.is_problem(400);
            }
        }
    }
}

// R113: any page could have a browser send the cookie.
#[tokio::test]
async fn a_key_in_a_cookie_counts_where_a_page_of_ones_own_asked() {
    let depot = Depot::open::<CookieKey>(ByCookie::app()).await;
    let cookie = format!("theme=dark; acme_key={}", depot.key);
    assert_eq!(depot.get("/v1/shelf", &[("cookie", &cookie)]).await.status, 200);
    let changes = async |site: Option<(&str, &str)>| {
        let headers: Vec<_> = [("cookie", &*cookie)].into_iter().chain(site).collect();
        depot.ask(Method::POST, "/v1/shelf", &headers).await.status
    };
    assert_eq!(changes(Some(("sec-fetch-site", "same-origin"))).await, 202);
    assert_eq!(changes(Some(("origin", "https://depot.example"))).await, 202);
    assert_eq!(changes(Some(("sec-fetch-site", "cross-site"))).await, 403);
    assert_eq!(changes(Some(("origin", "https://evil.example"))).await, 403);
    assert_eq!(changes(None).await, 403);
    let twice = format!("{cookie}; acme_key={}", depot.key);
    depot.get("/v1/shelf", &[("cookie", &twice)]).await.is_problem(400);
    depot.get("/v1/shelf", &[("acme_key", &depot.key)]).await.is_problem(401);
    depot.get("/v1/shelf", &[("cookie", "acme_key=x")]).await.is_problem(401);
    // To a page that is for everybody it is nobody's.
    assert_eq!(depot.get("/v1/open", &[("cookie", "acme_key=x")]).await.status, 200);
}

// R23: a key in the URL is in no log of the app's, in none of its answers, and read by nothing else.
#[tokio::test]
async fn a_key_in_the_query_is_seen_by_nothing_else() {
    let depot = Depot::open::<QueryKey>(ByQuery::app()).await;
    let key = &*depot.key;
    let log = Log::capture();
    let answer = depot.get(&format!("/v1/shelf?word=nut&api_key={key}"), &[]).await;
    assert_eq!(answer.json()["name"], "https://login.depot.example||alice nut");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    // The name may be written in other ways, and the order is nobody's.
    assert_eq!(depot.get(&format!("/v1/shelf?api%5Fkey={key}&word=a"), &[]).await.status, 200);
    assert_eq!(depot.get(&format!("/v1/open?api_key={key}"), &[]).await.status, 200);
    let page = depot.get(&format!("/v1/lines?size=2&api_key={key}"), &[]).await;
    let link = page.header("link");
    assert!(link.contains("size=2") && !link.contains("api_key"), "{link}");
    let refused = depot.get(&format!("/v1/shelf?other=1&api_key={key}"), &[]).await;
    refused.is_problem(400);
    let nowhere = depot.get(&format!("/v1/nowhere?api_key={key}"), &[]).await;
    nowhere.is_problem(404);
    for answer in [&page, &refused, &nowhere] {
        let text = format!("{:?} {}", answer.headers, answer.body);
        assert!(!text.contains(key), "{text}");
    }
    assert!(log.text().contains("shelf"), "{}", log.text());
    assert!(!log.text().contains(key), "the log has a key");
}

// R84: what is left is read as strictly as if the key had never been there.
#[tokio::test]
async fn a_key_in_the_query_leaves_the_others_as_they_were() {
    let depot = Depot::open::<QueryKey>(ByQuery::app()).await;
    let key = &*depot.key;
    let ask = async |query: &str| {
        let query = query.replace("KEY", &format!("api_key={key}"));
        depot.get(&format!("/v1/shelf?{query}"), &[]).await.status
    };
    for query in ["KEY", "KEY&word=a", "word=a&KEY"] {
        assert_eq!(ask(query).await, 200, "{query}");
    }
    for query in [
        "&KEY&word=a",
        "KEY&&word=a",
        "KEY&word=a&",
        "&word=a&KEY",
        "KEY&",
        "&KEY",
        "&KEY&",
        "word=a&&KEY",
    ] {
        assert_eq!(ask(query).await, 400, "{query}");
    }
}

#[tokio::test]
async fn a_key_in_the_query_counts_once_and_alone() {
    let depot = Depot::open::<QueryKey>(ByQuery::app()).await;
    let key = &*depot.key;
    let with = format!("/v1/shelf?api_key={key}");
    depot.get(&format!("{with}&api_key={key}"), &[]).await.is_problem(400);
    depot.get(&format!("{with}&api%5fkey="), &[]).await.is_problem(400);
    let token = format!("Bearer {}", depot.server.token("alice", &["customer"]));
    depot.get(&with, &[("authorization", &token)]).await.is_problem(400);
    for wrong in ["/v1/shelf?api_key=", "/v1/shelf?api_key", "/v1/shelf?api_key=x", "/v1/shelf"] {
        depot.get(wrong, &[]).await.is_problem(401);
    }
    for elsewhere in [("x-api-key", key), ("api_key", key), ("cookie", &*format!("api_key={key}"))]
    {
        depot.get("/v1/shelf", &[elsewhere]).await.is_problem(401);
    }
    depot.get(&format!("/v1/shelf?API_KEY={key}"), &[]).await.is_problem(401);
    // What is taken out counts as part of the target all the same.
    let long = format!("{with}{}", "x".repeat(8 * 1024));
    depot.get(&long, &[]).await.is_problem(414);
}

// R95
#[tokio::test]
async fn a_verification_attacks_each_place() {
    let verified = async |app: AppBuilder, routes: usize| {
        let app = app.tokens(testing::issuer()).base_url("https://depot.example");
        let verified = testing::verify(app).report().await.expect("an app that starts");
        let told = verified.to_string();
        assert_eq!(verified.kept(Check::ApiKeyCredentials), routes, "{told}");
        assert!(verified.noticed().is_empty() && !told.contains("no API keys"), "{told}");
    };
    let keys = || ApiKeys::new("depot", Table::default());
    verified(ByHeader::app().api_keys(keys().sent_as::<HeaderKey>()), 8).await;
    // Where everybody is admitted a cookie that does not hold is nobody's.
    verified(ByCookie::app().api_keys(keys().sent_as::<CookieKey>()), 6).await;
    verified(ByQuery::app().api_keys(keys().sent_as::<QueryKey>()), 8).await;
}

#[test]
fn documents_and_the_list_of_exceptions_have_the_place() {
    let keys = || ApiKeys::new("depot", Table::default());
    let scheme = |app: AppBuilder, at: Value| {
        let app = app.tokens(token::issuer()).base_url("https://depot.example");
        let app = app.build().expect("an app that starts");
        let text = openapi_json(app.model(), "v1").expect("v1 is a version");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        let scheme = &document["components"]["securitySchemes"]["ApiKey"];
        assert_eq!(json!({ "in": scheme["in"], "name": scheme["name"] }), at, "{scheme}");
        app.model().hatches()
    };
    let at = |part: &str, name: &str| json!({ "in": part, "name": name });
    let header = ByHeader::app().api_keys(keys().sent_as::<HeaderKey>());
    assert!(scheme(header, at("header", "x_acme_key")).iter().all(|one| one.reason != REASON));
    scheme(ByCookie::app().api_keys(keys().sent_as::<CookieKey>()), at("cookie", "acme_key"));
    let query = ByQuery::app().api_keys(keys().sent_as::<QueryKey>());
    let hatches = scheme(query, at("query", "api_key"));
    let found: Vec<_> = hatches.iter().filter(|one| one.rule == "credentials_in_query").collect();
    assert_eq!(found.len(), 1, "{hatches:?}");
    assert_eq!((found[0].place.as_deref(), &*found[0].reason), (Some("ApiKey"), REASON));
}

/// Has a field of the name that the key has.
#[derive(Input)]
struct Twice {
    #[input(max_len = 20, allow(plain_secret, reason = "the input reads what is the key"))]
    api_key: Option<String>,
}

/// Reads what is the key.
#[get("/twice", version = Version::V1.., role = Role::Customer, view = LineView)]
async fn twice(Query(read): Query<Twice>) -> Line {
    Line { name: read.api_key.unwrap_or_default() }
}

/// A depot whose input reads the key, which no `by` names.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "a depot is for customers, from the first"),
      routes(twice))]
struct ReadTwice;

/// A key without a reason.
enum Unreasoned {}

impl Credential for Unreasoned {
    const KIND: Kind = ApiKey::in_query("api_key", "because");
}

/// A key where the framework reads.
enum Sized {}

impl Credential for Sized {
    const KIND: Kind = ApiKey::in_query("size", REASON);
}

#[test]
fn an_app_whose_keys_stand_badly_does_not_start() {
    fn codes<K: Credential>(app: AppBuilder) -> Vec<String> {
        let keys = ApiKeys::new("depot", Table::default()).sent_as::<K>();
        let problems = app.tokens(token::issuer()).api_keys(keys).build().expect_err("a mistake");
        problems.problems().iter().map(ToString::to_string).collect()
    }
    let has = |told: Vec<String>, parts: &[&str]| {
        assert!(told.iter().any(|one| parts.iter().all(|part| one.contains(part))), "{told:?}");
    };
    has(codes::<QueryKey>(ReadTwice::app()), &["SA550", "`api_key`"]);
    has(codes::<CookieKey>(ByCookie::app()), &["SA138"]);
    has(codes::<Unreasoned>(ByHeader::app()), &["SA168", "reason"]);
    has(codes::<Sized>(ByHeader::app()), &["SA168", "the framework reads"]);
    has(codes::<Bearer>(ByHeader::app()), &["SA247"]);
}
