//! QUERY (RFC 10008): a read whose question is its body.

mod documents;
mod stock;

use reqwest::{Method, RequestBuilder, Version};
use secure_api::testing;

use self::stock::{Stock, served, stock};
use crate::support::{Answer, TestServer, raw};

const JSON: &str = "application/json";

fn ask(server: &TestServer, token: &str, path: &str) -> RequestBuilder {
    server.request(Method::QUERY, path).bearer_auth(token).header("content-type", JSON)
}

// R110 R112
#[tokio::test]
async fn a_question_is_answered_by_its_body() {
    let (server, token) = served().await;
    let (bolts, nuts) = (r#"{"names":["bolt"]}"#, r#"{"names":["nut","bolt"]}"#);
    let one = Answer::of(ask(&server, &token, "/v1/parts").body(bolts)).await;
    assert_eq!(one.status, 200, "{one:#?}");
    assert_eq!(one.json()["items"][0]["name"], "bolt");
    one.has_security_headers();
    // Nobody keeps it: a cache that left the body out would answer another question by it.
    assert_eq!(one.header("cache-control"), "no-store");
    for field in ["content-location", "location"] {
        assert!(one.maybe_header(field).is_none(), "{field}");
    }
    let other = Answer::of(ask(&server, &token, "/v1/parts").body(nuts)).await;
    assert_eq!(other.json()["items"].as_array().expect("items").len(), 2);
    assert_ne!(one.header("etag"), other.header("etag"));
    // A form asks the same at another path, and a part of the view is asked as of a GET.
    let form = server.request(Method::QUERY, "/v1/shelves?fields=name").bearer_auth(&token);
    let form = form.header("content-type", "application/x-www-form-urlencoded").body("name=bolt");
    assert_eq!(Answer::of(form).await.body, r#"{"name":"bolt"}"#);
}

// R110: conditions are those of a GET, about what is shown.
#[tokio::test]
async fn its_conditions_are_those_of_a_read() {
    let (server, token) = served().await;
    let question = |names: &'static str| ask(&server, &token, "/v1/parts").body(names);
    let bolts = r#"{"names":["bolt"]}"#;
    let tag = Answer::of(question(bolts)).await.header("etag").to_owned();
    let known = Answer::of(question(bolts).header("if-none-match", &tag)).await;
    assert_eq!((known.status, known.body.as_str()), (304, ""));
    let another = question(r#"{"names":["nut"]}"#).header("if-none-match", &tag);
    assert_eq!(Answer::of(another).await.status, 200);
    Answer::of(question(bolts).header("if-match", "\"x\"")).await.is_problem(412);
    Answer::of(question(bolts).header("if-none-match", "x")).await.is_problem(400);
}

// R72 R73: its body is read as strictly as any other, after its caller is admitted.
#[tokio::test]
async fn its_body_is_bounded_strict_and_read_last() {
    let (server, token) = served().await;
    let send = |body: &'static str| ask(&server, &token, "/v1/parts").body(body);
    for (body, status) in [
        ("", 400),
        ("{", 400),
        ("{}", 422),
        (r#"{"names":[]}"#, 422),
        (r#"{"names":["a"],"other":1}"#, 422),
        (r#"{"names":["aaaaaaaaaaaaaaaaaaaaa"]}"#, 422),
    ] {
        assert_eq!(Answer::of(send(body)).await.status, status, "{body}");
    }
    let large =
        ask(&server, &token, "/v1/parts").body(format!("{{\"names\":[\"{}\"]}}", "a".repeat(5000)));
    Answer::of(large).await.is_problem(413);
    let untyped = server.request(Method::QUERY, "/v1/parts").bearer_auth(&token);
    for request in [
        untyped.try_clone().expect("no stream").body(r#"{"names":["bolt"]}"#),
        untyped.header("content-type", "text/plain").body("bolt"),
    ] {
        let refused = Answer::of(request).await;
        refused.is_problem(415);
        assert_eq!((refused.header("accept"), refused.header("accept-query")), (JSON, JSON));
    }
    // A stranger learns nothing of it.
    let stranger = server.request(Method::QUERY, "/v1/parts").body("{");
    Answer::of(stranger).await.is_problem(401);
    let clerk = server.token("carl", &["clerk"]);
    Answer::of(ask(&server, &clerk, "/v1/parts").body("{")).await.is_problem(403);
}

// R111
#[tokio::test]
async fn every_answer_of_its_path_says_how_it_is_asked() {
    let (server, token) = served().await;
    for (method, path, asked) in [
        (Method::GET, "/v1/parts", Some(JSON)),
        (Method::HEAD, "/v1/parts", Some(JSON)),
        (Method::POST, "/v1/parts", Some(JSON)),
        (Method::OPTIONS, "/v1/parts", Some(JSON)),
        (Method::OPTIONS, "/v1/shelves", Some("application/x-www-form-urlencoded")),
        // Deprecated operations have header fields of their own.
        (Method::GET, "/v1/shelves", Some("application/x-www-form-urlencoded")),
        (Method::OPTIONS, "/v1/names", None),
        (Method::OPTIONS, "*", None),
        (Method::GET, "/v1/nowhere", None),
    ] {
        let answer = match path {
            "*" => {
                raw(
                    server.address,
                    "OPTIONS * HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
                )
                .await
            }
            path => Answer::of(server.request(method.clone(), path).bearer_auth(&token)).await,
        };
        assert_eq!(answer.maybe_header("accept-query"), asked, "{method} {path}: {answer:#?}");
    }
    let options = Answer::of(server.request(Method::OPTIONS, "/v1/parts")).await;
    assert_eq!(options.header("allow"), "GET, HEAD, QUERY, OPTIONS");
    let elsewhere = Answer::of(ask(&server, &token, "/v1/names").body("{}")).await;
    elsewhere.is_problem(405);
    assert_eq!(elsewhere.header("allow"), "GET, HEAD, OPTIONS");
    // Content of a method that has none is refused, as it was.
    let with_content = ask(&server, &token, "/v1/names").body("{}");
    let request = with_content.build().expect("a request");
    assert_eq!(request.method(), "QUERY");
}

// R114: a page of another origin asks before, and may read how a path is asked.
#[tokio::test]
async fn pages_ask_before_they_send_one() {
    const PAGE: &str = "https://app.example";
    let (server, token) = stock(|app| app.cors([PAGE])).await;
    let preflight = server.request(Method::OPTIONS, "/v1/parts").header("origin", PAGE);
    let preflight = Answer::of(preflight.header("access-control-request-method", "QUERY")).await;
    assert_eq!(preflight.header("access-control-allow-methods"), "GET, HEAD, QUERY, OPTIONS");
    let asked = ask(&server, &token, "/v1/parts").header("origin", PAGE).body(r#"{"names":["a"]}"#);
    let asked = Answer::of(asked).await;
    assert_eq!(asked.status, 200);
    let readable = asked.header("access-control-expose-headers");
    assert!(readable.split(", ").any(|name| name == "accept-query"), "{readable}");
}

#[tokio::test]
async fn it_is_asked_over_both_protocols() {
    let (server, token) = served().await;
    let body = r#"{"names":["bolt"]}"#;
    let text = format!(
        "QUERY /v1/parts HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         content-type: {JSON}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let plain = raw(server.address, &text).await;
    assert_eq!((plain.status, &plain.json()["items"][0]["name"]), (200, &"bolt".into()));
    // The name of a method is its letters.
    let lower = raw(server.address, text.replacen("QUERY", "query", 1)).await;
    lower.is_problem(405);
    let client = reqwest::Client::builder().http2_prior_knowledge().build().expect("a client");
    let request = client.request(Method::QUERY, format!("http://{}/v1/parts", server.address));
    let request = request.bearer_auth(&token).header("content-type", JSON);
    let answer = request.body(body).send().await.expect("an answer");
    assert_eq!((answer.version(), answer.status().as_u16()), (Version::HTTP_2, 200));
}

// R95
#[tokio::test]
async fn a_verification_attacks_it_as_it_does_others() {
    let app = Stock::app().tokens(testing::issuer());
    let verified = testing::verify(app).report().await.expect("an app that starts");
    assert!(verified.broken.is_empty(), "{verified}");
    let told = verified.to_string();
    assert!(verified.kept(testing::Check::Methods) >= 4, "{told}");
    let client = testing::client(Stock::app().tokens(testing::issuer())).expect("an app");
    let member = client.as_caller(stock::Role::Member, "mary");
    let body = serde_json::json!({ "names": ["bolt"] });
    let answer = member.query("/v1/parts").json(&body).await;
    answer.assert_status(200).assert_header("accept-query", JSON);
}
