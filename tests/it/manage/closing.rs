//! The guard of acts: by whose page, by which form and with which credentials an operation is closed.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Url;
use secure_api::{manage::Manage, testing::secret};

use super::{
    TOKEN, ask, at,
    console::{PAGES, facts},
    managed, refused,
};
use crate::support::{
    Answer, Log, TestServer, raw,
    server::{ALICES, order},
};

const REASON: &str = "its answer had too much in it";

/// Returns the CSRF token of a form, as a page has it.
pub(super) async fn csrf_token(server: &TestServer, what: &str, operation: &str) -> String {
    csrf_token_for(server, "", what, operation).await
}

async fn csrf_token_for(server: &TestServer, lines: &str, what: &str, operation: &str) -> String {
    let path = if what == "close" { "/console/operations" } else { "/console/closed" };
    let page = ask(at(server), path, lines).await.body;
    let own = format!(
        "name=\"operation\" value=\"{operation}\"><input type=\"hidden\" name=\"csrf_token\" value=\""
    );
    let token = page.split(&own).nth(1).and_then(|rest| rest.split('"').next());
    token.unwrap_or_default().to_owned()
}

/// Sends a form, with these lines of the head and this CSRF token.
pub(super) async fn act_as(
    server: &TestServer,
    lines: &str,
    what: &str,
    operation: &str,
    reason: &str,
    token: &str,
) -> Answer {
    let fields = [("operation", operation), ("reason", reason), ("csrf_token", token)];
    let form = Url::parse_with_params("http://localhost/", fields).expect("a URL");
    let form = form.query().expect("the fields");
    send(server, &format!("/console/{what}"), lines, form).await
}

async fn send(server: &TestServer, path: &str, lines: &str, body: &str) -> Answer {
    let host = if lines.starts_with("host:") { "" } else { "host: localhost\r\n" };
    let media = match lines.contains("content-type:") {
        true => "",
        false => "content-type: application/x-www-form-urlencoded\r\n",
    };
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\n{host}{media}content-length: {length}\r\nconnection: close\r\n{lines}\r\n{body}"
    );
    raw(at(server), head).await
}

/// Sends a form as a page of the console has it.
pub(crate) async fn act(server: &TestServer, what: &str, operation: &str, reason: &str) -> Answer {
    let token = csrf_token(server, what, operation).await;
    act_as(server, "sec-fetch-site: same-origin\r\n", what, operation, reason, &token).await
}

async fn acts(server: &TestServer) -> usize {
    let told = facts(server, "/console/closed").await;
    told["acts"].as_array().expect("a list").len()
}

// R102: no page of another site closes anything, whatever it knows.
#[tokio::test]
async fn a_page_of_another_site_closes_nothing() {
    let server = managed().await;
    let token = csrf_token(&server, "close", "get_order").await;
    for lines in [
        "sec-fetch-site: cross-site\r\n",
        "sec-fetch-site: same-site\r\n",
        "sec-fetch-site: none\r\n",
        "origin: https://evil.example\r\n",
        "origin: http://localhost:1\r\n",
        "origin: null\r\n",
        "sec-fetch-site: cross-site\r\norigin: http://localhost\r\n",
    ] {
        let answer = act_as(&server, lines, "close", "get_order", REASON, &token).await;
        refused(&answer, 403);
    }
    // A name that is made to point here.
    for host in ["evil.example", "127.0.0.1.nip.io"] {
        let lines = format!("host: {host}\r\norigin: http://{host}\r\n");
        refused(&act_as(&server, &lines, "close", "get_order", REASON, &token).await, 421);
    }
    assert_eq!(acts(&server).await, 0);
    for own in ["sec-fetch-site: same-origin\r\n", "origin: http://localhost\r\n"] {
        let what = if acts(&server).await == 0 { "close" } else { "open" };
        let token = csrf_token(&server, what, "get_order").await;
        assert_eq!(act_as(&server, own, what, "get_order", REASON, &token).await.status, 303);
    }
}

// Whoever sends a form has read the page that has it, lately.
#[tokio::test]
async fn a_form_has_a_token_for_what_it_does() {
    let server = managed().await;
    let token = csrf_token(&server, "close", "get_order").await;
    assert_eq!(token.len(), 64);
    let other = csrf_token(&managed().await, "close", "get_order").await;
    let parts = csrf_token(&server, "close", "get_part").await;
    let shouted = token.to_uppercase();
    for wrong in ["", "x", &token[1..], &shouted, &other, &parts] {
        let answer = act_as(&server, "", "close", "get_order", REASON, wrong).await;
        refused(&answer, 403);
    }
    refused(&act_as(&server, "", "open", "get_order", REASON, &token).await, 403);
    server.clock.advance(Duration::from_secs(7200));
    refused(&act_as(&server, "", "close", "get_order", REASON, &token).await, 403);
    assert_eq!(acts(&server).await, 0);
    let body = format!(
        "operation=get_order&operation=get_part&reason=its+answer+was+wrong&csrf_token={parts}"
    );
    refused(&send(&server, "/console/close", "", &body).await, 403);
    let fresh = csrf_token(&server, "close", "get_order").await;
    assert_eq!(act_as(&server, "", "close", "get_order", REASON, &fresh).await.status, 303);
}

#[tokio::test]
async fn a_form_is_a_form_and_short() {
    let server = managed().await;
    let json = "content-type: application/json\r\n";
    refused(&send(&server, "/console/close", json, "{}").await, 415);
    refused(
        &send(&server, "/console/close", "content-type: text/plain\r\n", "operation=x").await,
        415,
    );
    refused(&send(&server, "/console/close", "", &"x".repeat(5000)).await, 413);
    for (page, json) in PAGES {
        for path in [page, json] {
            let answer = send(&server, path, "", "").await;
            refused(&answer, 405);
            assert_eq!(answer.header("allow"), "GET, HEAD");
        }
    }
    for path in ["/console/close", "/console/open"] {
        let answer = ask(at(&server), path, "").await;
        refused(&answer, 405);
        assert_eq!(answer.header("allow"), "POST");
    }
    refused(&send(&server, "/console/clean", "", "").await, 404);
}

// R102: acts have the listener's credentials, and are told with them.
#[tokio::test]
async fn an_act_has_the_credentials_of_the_listener() {
    let log = Log::capture();
    let server =
        TestServer::with(|app| app.manage(Manage::at("127.0.0.1:0").token(secret!(TOKEN)))).await;
    let basic = |user: &str, token: &str| {
        format!("authorization: Basic {}\r\n", STANDARD.encode(format!("{user}:{token}")))
    };
    let ann = basic("ann", TOKEN);
    let token = csrf_token_for(&server, &ann, "close", "get_order").await;
    for lines in
        [String::new(), basic("ann", "x"), format!("authorization: Bearer {}\r\n", &TOKEN[1..])]
    {
        refused(&act_as(&server, &lines, "close", "get_order", REASON, &token).await, 401);
        refused(&act_as(&server, &lines, "clean", "get_order", REASON, &token).await, 401);
    }
    // A guess is told of. A browser that has sent nothing yet is none.
    let guesses = log.lines_with(&[
        "WARN secure_api::audit",
        "management listener was refused",
        "status=401",
    ]);
    assert_eq!(guesses.len(), 4, "{guesses:?}");
    assert!(guesses.iter().all(|line| line.contains("client=127.0.0.1")), "{guesses:?}");
    server.get(&order("v2", ALICES)).await.is_problem(401);
    // A browser sends the password of `Basic` by itself, so a form needs its token.
    refused(&act_as(&server, &ann, "close", "get_order", REASON, "").await, 403);
    assert_eq!(act_as(&server, &ann, "close", "get_order", REASON, &token).await.status, 303);
    let forged = log.lines_with(&[
        "WARN secure_api::audit",
        "was refused",
        "status=403",
        "page=\"/console/close\"",
    ]);
    assert_eq!(forged.len(), 1, "{forged:?}");
    let told = log.lines_with(&["secure_api::audit", "an operation was closed"]);
    assert!(
        matches!(&told[..], [line] if line.contains("by=\"the console, by its token, as ann\"")),
        "{told:?}"
    );
    // A program says its token itself.
    let bearer = format!("authorization: Bearer {TOKEN}\r\n");
    assert_eq!(act_as(&server, &bearer, "open", "get_order", REASON, "").await.status, 303);
    // A name that is none is not told.
    let token = csrf_token_for(&server, &ann, "close", "get_order").await;
    let hostile = basic("<script>alert(1)</script>", TOKEN);
    assert_eq!(act_as(&server, &hostile, "close", "get_order", REASON, &token).await.status, 303);
    let shown = ask(at(&server), "/console/closed", &ann).await.body;
    assert!(
        !shown.contains("script") && shown.contains("the console, by its token</dd>"),
        "{shown}"
    );
    assert!(!log.text().contains(TOKEN) && !shown.contains(TOKEN));
}
