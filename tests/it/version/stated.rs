//! Versions that requests state in a header or in their query.

use secure_api::{
    app::AppBuilder, clock::Clock, contract::Contract, docs::Docs, inventory::LiveInventory,
    manage::Manage, prelude::*, testing,
};
use serde_json::Value;

use crate::{
    manage,
    support::{
        Answer, TestServer,
        article::{Article, ArticleView, Role, Slug, tested as client},
        document::document_in as document,
        server::START,
        token,
    },
};

fn slug() -> Slug {
    Slug::new("bolt".to_owned()).expect("a slug")
}

mod apart;
mod by_header;
mod by_query;

use by_header::Dated;
use by_query::Asked;

const NAME: &str = "x-api-version";

fn dated() -> AppBuilder {
    Dated::app().tokens(testing::issuer()).docs(Docs::open("partners read the documents"))
}

fn asked() -> AppBuilder {
    Asked::app().tokens(testing::issuer()).docs(Docs::open("partners read the documents"))
}

#[tokio::test]
async fn one_path_has_a_handler_for_each_version() {
    let client = client(dated());
    let member = client.as_caller(Role::Member, "alice");
    let asked = |version| member.get("/v1/articles/bolt").header(NAME, version);
    assert_eq!(asked("2023-10-01").await.json_pointer("/count"), 1);
    let second = asked("2026-06-01").await;
    assert_eq!(second.json_pointer("/count"), 2);
    assert!(second.header("vary").expect("a list").contains(NAME), "{second:?}");
    let old = member.delete("/v1/newest").header(NAME, "2023-10-01").await;
    assert_eq!((old.status(), old.header("allow")), (405, Some("GET, HEAD, OPTIONS")));
    assert_eq!(member.delete("/v1/newest").header(NAME, "2026-06-01").await.status(), 204);
    assert_eq!(member.get("/v1/nothing").header(NAME, "2026-06-01").await.status(), 404);
    assert_eq!(member.get("/articles/bolt").header(NAME, "2026-06-01").await.status(), 404);
}

#[tokio::test]
async fn a_version_that_is_not_served_is_told_with_those_that_are() {
    let client = client(dated());
    let member = client.as_caller(Role::Member, "alice");
    let get = || member.get("/v1/articles/bolt");
    for request in [
        get(),
        get().header(NAME, "2026-11-01"),
        get().header(NAME, ""),
        get().header(NAME, "First"),
        get().header(NAME, "2026-06-01").header(NAME, "2026-06-01"),
        client.get("/v1/articles/bolt"),
    ] {
        let refused = request.await;
        let told: Value = serde_json::from_str(refused.text()).expect("JSON");
        assert_eq!(refused.status(), 400, "{refused:?}");
        assert_eq!(told["type"], "urn:problem-type:secure-api:unknown-version");
        assert_eq!(told["errors"][0]["pointer"], NAME);
        assert_eq!(told["errors"][0]["detail"], "one of: 2023-10-01, 2026-06-01");
        assert!(refused.header("vary").expect("a list").contains(NAME));
    }
}

#[tokio::test]
async fn the_end_of_a_version_is_told_and_kept() {
    let client = client(dated());
    let member = client.as_caller(Role::Member, "alice");
    let old = member.get("/v1/newest").header(NAME, "2023-10-01").await;
    assert!(old.header("deprecation").is_some() && old.header("sunset").is_some());
    let new = member.get("/v1/newest").header(NAME, "2026-06-01").await;
    assert!(new.header("deprecation").is_none());
    let moved = member.get("/v1/articles/bolt").header(NAME, "2023-10-01").await;
    assert_eq!(moved.header("link"), Some("</v1/newest>; rel=\"successor-version\""));
    let made = member.post("/v1/articles").header(NAME, "2026-06-01").await;
    assert_eq!((made.status(), made.header("location")), (201, Some("/v1/newest")));
    client.advance_to("2035-01-01T10:01:00Z");
    let member = client.as_caller(Role::Member, "alice");
    let out = member.get("/v1/newest").header(NAME, "2023-10-01").await;
    assert_eq!(out.status(), 503, "{out:?}");
    client.advance_to("2036-06-01T00:00:00Z");
    let member = client.as_caller(Role::Member, "alice");
    assert_eq!(member.get("/v1/newest").header(NAME, "2023-10-01").await.status(), 410);
    let refused = member.get("/v1/newest").await;
    let told: Value = serde_json::from_str(refused.text()).expect("JSON");
    assert_eq!(told["errors"][0]["detail"], "one of: 2026-06-01");
}

#[tokio::test]
async fn a_query_states_it_and_none_is_the_one_that_is_meant() {
    let client = client(asked());
    let member = client.as_caller(Role::Member, "alice");
    assert_eq!(member.get("/articles/bolt").await.json_pointer("/count"), 1);
    assert_eq!(member.get("/articles/bolt?api-version=v1").await.json_pointer("/count"), 1);
    assert_eq!(member.get("/articles/bolt?api%2Dversion=v2").await.json_pointer("/count"), 2);
    for query in ["api-version=v3", "api-version=", "api-version=v1&api-version=v1", "api-version"]
    {
        let refused = member.get(&format!("/articles/bolt?{query}")).await;
        assert_eq!(refused.status(), 400, "{query}");
        assert!(refused.text().contains("unknown-version"), "{query}");
    }
    let titled = member.get("/articles?title=bolt&api-version=v2&size=1").await;
    assert_eq!(titled.status(), 200, "{titled:?}");
    let link = titled.header("link").expect("a link to the next page");
    assert!(link.contains("title=bolt&api-version=v2&size=1&cursor="), "{link}");
    assert_eq!(member.get("/articles/bolt?other=v2").await.status(), 400);
    let made = member.post("/articles?api-version=v2").await;
    assert_eq!(made.header("location"), Some("/articles/bolt?api-version=v2"));
    let old = member.get("/find?api-version=v2").await;
    assert_eq!(old.header("link"), Some("</articles?api-version=v2>; rel=\"successor-version\""));
    assert_eq!(member.post("/articles").await.status(), 405);
}

#[test]
fn documents_have_the_parameter_of_their_version() {
    let model = Dated::API.model();
    let first = document(&model, "2023-10-01");
    let parameter = |document: &Value, path: &str, name: &str| -> Value {
        let all =
            document["paths"][path]["get"]["parameters"].as_array().expect("parameters").clone();
        all.into_iter().find(|one| one["name"] == name).expect("the version's")
    };
    let own = parameter(&first, "/v1/articles/{slug}", "X-Api-Version");
    assert_eq!((&own["in"], &own["required"]), (&"header".into(), &true.into()));
    assert_eq!(own["schema"]["enum"], serde_json::json!(["2023-10-01"]));
    assert!(first.to_string().contains("unknown-version"));
    let model = Asked::API.model();
    let own = parameter(&document(&model, "v1"), "/articles", "api-version");
    assert_eq!((&own["in"], &own["required"]), (&"query".into(), &false.into()));
    let own = parameter(&document(&model, "v2"), "/articles", "api-version");
    assert_eq!((&own["required"], &own["schema"]["enum"][0]), (&true.into(), &"v2".into()));
}

#[test]
fn the_inventory_the_contract_and_a_log_know_them() {
    let model = Dated::API.model();
    let table = secure_api::inventory::routes(&model);
    assert!(table.contains("; below /v1; version in the header X-Api-Version\n"), "{table}");
    let asked_table = secure_api::inventory::routes(&Asked::API.model());
    assert!(asked_table.contains("versions v1 (also unstated), v2;"), "{asked_table}");
    let text = Contract::of(&model).text();
    assert!(text.contains("\"2023-10-01\"") && text.contains("X-Api-Version"), "{text}");
    let log = br#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "GET /v1/articles/bolt HTTP/1.1" 200 9
"#;
    let traffic = dated().traffic_in(&log[..]).expect("a log");
    let called: Vec<_> = traffic.operations.iter().filter(|one| one.calls > 0).collect();
    assert_eq!((called.len(), &*called[0].expected.version), (1, "2023-10-01, 2026-06-01"));
    assert_eq!(traffic.zombies().count(), 0, "nobody knows which was called");
    let told = "the log does not tell the version, which is in the header X-Api-Version";
    assert!(traffic.to_string().contains(told), "{traffic}");
}

#[tokio::test]
async fn the_live_inventory_and_pages_of_other_origins_know_them() {
    let clock = Clock::manual(START);
    let app =
        Dated::app().tokens(token::issuer()).clock(clock.clone()).cors(["https://app.example"]);
    let app = app.manage(Manage::at("127.0.0.1:0")).build().expect("an app that starts");
    let server = TestServer::run(app, Default::default(), clock).await;
    let alice = server.token("alice", &["member"]);
    let url = format!("{}/v1/newest", server.base);
    let ask = |method: reqwest::Method| server.client.request(method, &url);
    let called = ask(reqwest::Method::GET).bearer_auth(&alice).header(NAME, "2026-06-01");
    Answer::of(called).await.has_status(200);
    let preflight = ask(reqwest::Method::OPTIONS)
        .header("origin", "https://app.example")
        .header("access-control-request-method", "DELETE");
    let preflight = Answer::of(preflight).await;
    preflight.has_status(204);
    assert!(preflight.header("access-control-allow-headers").contains(NAME), "{preflight:?}");
    assert!(preflight.header("access-control-allow-methods").contains("DELETE"), "{preflight:?}");
    let answer = manage::ask(manage::at(&server), "/inventory", "").await;
    let live: LiveInventory = serde_json::from_str(&answer.body).expect("an inventory");
    let calls = |version: &str| {
        let is_it = |one: &&_| -> bool {
            let one: &secure_api::inventory::LiveOperation = one;
            one.operation == "newest" && one.version == version
        };
        live.operations.iter().find(is_it).expect("an operation").calls
    };
    assert_eq!((calls("2023-10-01"), calls("2026-06-01")), (0, 1));
}

#[tokio::test]
async fn verify_attacks_each_version() {
    for app in [dated(), asked(), dated().previews()] {
        let verified = testing::verify(app).report().await.expect("an app that starts");
        assert!(verified.broken.is_empty(), "{verified}");
        assert!(verified.to_string().contains("stated"), "{verified}");
    }
}

mod read_twice {
    use super::{Article, ArticleView, Role, asked};
    use secure_api::prelude::*;

    #[derive(Version)]
    #[version(place = header("X-Api-Version"), reason = "the partners state a day")]
    enum Versions {
        V1,
    }

    #[derive(Input)]
    struct Told {
        #[input(name = "x_api_version", max_len = 9, text)]
        version: Option<String>,
    }

    /// Shows one.
    #[get("/articles", version = Versions::V1.., role = Role::Member, view = ArticleView)]
    async fn show(Headers(told): Headers<Told>) -> Article {
        Article { count: u32::from(told.version.is_some()) }
    }

    #[api(roles = Role, versions = Versions, limit = Limit::per_principal(600).per_minute(), routes(show))]
    struct Twice;

    #[test]
    fn no_input_reads_what_states_the_version() {
        let app = Twice::app().tokens(secure_api::testing::issuer());
        let error = app.build().expect_err("an app that does not start");
        let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["SA044"], "{error}");
        drop(asked());
    }
}
