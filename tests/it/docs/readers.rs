//! Documents for the holders of a role: who reads them, and who is told nothing.

use std::time::Duration;

use reqwest::Method;
use secure_api::{clock::Clock, inventory, prelude::*};

use crate::support::{
    Answer, TestServer,
    model::Role,
    server::{START, app, stocked},
    token,
};

/// All that there is to read: the page with and without a slash, what it loads, and the documents.
const ALL: [&str; 7] = [
    "/docs",
    "/docs/",
    "/docs/page.js",
    "/docs/sign-in.js",
    "/docs/swagger-ui.css",
    "/openapi/v1.json",
    "/openapi/v2.json",
];

async fn for_support() -> TestServer {
    TestServer::with(|app| app.docs(Docs::for_role(Role::Support))).await
}

// R102 in part: the documents.
#[tokio::test]
async fn documents_for_a_role_are_for_its_holders_and_for_nobody_else() {
    let server = for_support().await;
    let (support, admin) = (server.token("sam", &["support"]), server.token("ada", &["admin"]));
    let customer = server.token("alice", &["customer"]);
    let (auditor, none) = (server.token("otto", &["auditor"]), server.token("nick", &[]));
    for path in ALL {
        let nobody = server.get(path).await;
        nobody.is_problem(401);
        assert!(nobody.header("www-authenticate").starts_with("Bearer"), "{nobody:#?}");
        server.get_as("no.token.atall", path).await.is_problem(401);
        for wrong in [&customer, &auditor, &none] {
            server.get_as(wrong, path).await.is_problem(403);
        }
        // A role that includes it is enough.
        for right in [&support, &admin] {
            let read = server.get_as(right, path).await;
            read.has_status(200);
            assert_eq!(read.header("cache-control"), "no-store");
            assert_eq!(read.header("vary"), "accept, authorization");
            assert!(!read.body.is_empty());
        }
    }
    server.get_as(&support, "/docs/nothing").await.is_problem(404);
}

// R102 in part: what held a while ago.
#[tokio::test]
async fn documents_are_read_by_credentials_that_still_count() {
    let clock = Clock::manual(START);
    let app = app(&stocked(), &clock).docs(Docs::for_role(Role::Support));
    let app = app.build().expect("an app that starts");
    let revocations = app.revocations().clone();
    let server = TestServer::run(app, stocked(), clock.clone()).await;
    let (sam, eve) = (server.token("sam", &["support"]), server.token("eve", &["support"]));
    for token in [&sam, &eve] {
        server.get_as(token, "/openapi/v1.json").await.has_status(200);
    }
    clock.advance(Duration::from_secs(1));
    revocations
        .revoke_subject(token::ISSUER, "eve", clock.unix_seconds())
        .await
        .expect("the memory answers");
    server.get_as(&eve, "/openapi/v1.json").await.is_problem(401);
    server.get_as(&sam, "/openapi/v1.json").await.has_status(200);
    // Ten minutes, and what its clock may be off.
    clock.advance(Duration::from_secs(700));
    for path in ALL {
        server.get_as(&sam, path).await.is_problem(401);
    }
}

// A condition, a method without content and a preflight tell a stranger no more than a GET does.
#[tokio::test]
async fn who_may_not_read_documents_does_not_learn_if_they_changed() {
    let server = for_support().await;
    let support = server.token("sam", &["support"]);
    let tag = server.get_as(&support, "/openapi/v1.json").await.header("etag").to_owned();
    let ask = |token: Option<&str>, method: Method, name: &'static str, value: &str| {
        let request = server.request(method, "/openapi/v1.json").header(name, value);
        Answer::of(match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
    };
    ask(None, Method::GET, "if-none-match", &tag).await.is_problem(401);
    ask(None, Method::GET, "if-match", "\"other\"").await.is_problem(401);
    ask(None, Method::HEAD, "if-none-match", &tag).await.has_status(401);
    ask(Some(&support), Method::GET, "if-none-match", &tag).await.has_status(304);
    ask(Some(&support), Method::HEAD, "accept", "*/*").await.has_status(200);
    // A token in the address would stand in logs and histories.
    server.get(&format!("/openapi/v1.json?access_token={support}")).await.is_problem(400);
}

// R102 in part: a review sees who reads them; and what a client needs before it has a token stays open.
#[tokio::test]
async fn the_inventory_says_whom_documents_are_for() {
    const METADATA: &str = "/.well-known/oauth-protected-resource";
    let of = |docs: Docs| {
        let app = app(&stocked(), &Clock::manual(0)).base_url("https://depot.example").docs(docs);
        inventory::routes(&app.model())
    };
    let told = of(Docs::for_role(Role::Support));
    assert!(told.contains("\ndocuments for support\n"), "{told}");
    assert!(!of(Docs::off()).contains("documents for"));
    let server = TestServer::with(|app| {
        app.base_url("https://depot.example").docs(Docs::for_role(Role::Support))
    })
    .await;
    let metadata = server.get(METADATA).await;
    metadata.has_status(200);
    // It names no page that a stranger cannot read.
    assert!(!metadata.body.contains("resource_documentation"), "{}", metadata.body);
}

#[derive(Role)]
enum Staff {
    Clerk,
}

// Whoever could read them is known before a socket opens.
#[test]
fn documents_that_nobody_could_read_do_not_start() {
    let app = || app(&stocked(), &Clock::manual(0));
    let told = |app: secure_api::app::AppBuilder| match app.build() {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    };
    let foreign = told(app().docs(Docs::for_role(Staff::Clerk)));
    assert!(foreign.contains("SA648: the documents are for a role of "), "{foreign}");
    assert_eq!(told(app().docs(Docs::for_role(Role::Auditor))), "");
    let without = super::Rates::app().docs(Docs::for_role(super::Role::Member));
    let without = told(without);
    assert!(
        without.contains("SA149: `Docs::for_role` asks for a role"),
        "no credentials: {without}"
    );
}
