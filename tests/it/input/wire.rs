//! Inputs over the wire: what is refused and where it was wrong, and that nothing is repeated.

mod empty;
mod query;
mod size;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, Log, TestServer, raw,
    server::{ALICES, order},
};

/// Places an order; the limit on that is not what these tests are about.
async fn server() -> (TestServer, String) {
    let server = TestServer::with(|app| app.limit_scale(1000)).await;
    let token = server.token("alice", &["customer"]);
    (server, token)
}

/// Returns the places of the mistakes in a refusal, with the broken rules.
fn mistakes(document: &Value) -> Vec<(&str, &str)> {
    let errors = document["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |error: &'_ Value, member: &str| error[member].as_str().map(str::len);
    assert!(errors.iter().all(|error| text(error, "detail") > Some(0)), "{document}");
    errors
        .iter()
        .map(|error| {
            (error["pointer"].as_str().unwrap_or("?"), error["code"].as_str().unwrap_or("?"))
        })
        .collect()
}

// R80: each mistake by its pointer, all of them together.
#[tokio::test]
async fn mistakes_are_told_by_pointer() {
    let (server, token) = server().await;
    let part = r#"{"sku":"BOLT","price":5}"#;
    for (body, expected) in [
        // A name that can be a number of somebody's is not repeated, whichever digits it is in.
        (format!(r#"{{"parts":[{part}],"card":"4","41111111":1}}"#), vec![("", "unknown")]),
        (format!(r#"{{"parts":[{part}],"card":"4","４１１１１１１１":1}}"#), vec![("", "unknown")]),
        (format!(r#"{{"parts":[{part}],"card":"4","extra":1}}"#), vec![("/extra", "unknown")]),
        (format!(r#"{{"parts":[{part}],"card":"4","id":"x"}}"#), vec![("/id", "unknown")]),
        (format!(r#"{{"parts":[{part}],"card":"4","owner":"bob"}}"#), vec![("/owner", "unknown")]),
        (
            format!(r#"{{"parts":[{part}],"card":"4","__proto__":{{}}}}"#),
            vec![("/__proto__", "unknown")],
        ),
        (r#"{"card":"4"}"#.to_owned(), vec![("/parts", "required")]),
        (r#"{"parts":[],"card":"4"}"#.to_owned(), vec![("/parts", "items")]),
        (
            format!(r#"{{"parts":[{part},{part},{part},{part}],"card":"4"}}"#),
            vec![("/parts", "items")],
        ),
        (
            r#"{"parts":[{"sku":"BOLT","price":0}],"card":"4"}"#.to_owned(),
            vec![("/parts/0/price", "range")],
        ),
        (
            r#"{"parts":[{"sku":"BOLT","price":1001}],"card":"4"}"#.to_owned(),
            vec![("/parts/0/price", "range")],
        ),
        (
            r#"{"parts":[{"sku":"BOLT","price":"5"}],"card":"4"}"#.to_owned(),
            vec![("/parts/0/price", "type")],
        ),
        (
            r#"{"parts":[{"sku":"BOLT","price":1.5}],"card":"4"}"#.to_owned(),
            vec![("/parts/0/price", "type")],
        ),
        (
            format!(
                r#"{{"parts":[{part},{{"sku":"bolt!","price":-1,"~/":0}}],"card":4,"note":[]}}"#
            ),
            vec![
                ("/parts/1/sku", "pattern"),
                ("/parts/1/price", "range"),
                ("/parts/1/~0~1", "unknown"),
                ("/card", "type"),
                ("/note", "type"),
            ],
        ),
        ("[]".to_owned(), vec![("", "type")]),
        ("null".to_owned(), vec![("", "type")]),
    ] {
        let answer = server.send(Method::POST, Some(&token), "/v2/orders", body.clone()).await;
        let document = answer.is_problem(422);
        assert_eq!(document["type"], "urn:problem-type:secure-api:invalid-input");
        let (mut told, mut wanted) = (mistakes(&document), expected);
        told.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(told, wanted, "{body}");
    }
    assert_eq!(server.db.take_record(), [""; 0]);
}

// R80 R15: what is no acceptable JSON is malformed.
#[tokio::test]
async fn what_is_no_json_is_malformed() {
    let (server, token) = server().await;
    let deep = format!("{{\"note\":{}1{}}}", "[".repeat(40), "]".repeat(40));
    let bodies: [(&[u8], &str); 9] = [
        (b"", "syntax"),
        (b"{", "syntax"),
        (b"{\"note\":\"a\"}x", "syntax"),
        (b"{'note':'a'}", "syntax"),
        (b"\xef\xbb\xbf{\"note\":\"a\"}", "syntax"),
        (b"{\"note\":\"\xff\"}", "syntax"),
        (b"{\"note\":\"a\",\"note\":\"b\"}", "duplicate"),
        (b"{\"note\":\"a\",\"n\\u006fte\":\"b\"}", "duplicate"),
        (deep.as_bytes(), "depth"),
    ];
    let path = order("v2", ALICES);
    for (body, code) in bodies {
        let answer = server.send(Method::PATCH, Some(&token), &path, body.to_vec()).await;
        let document = answer.is_problem(400);
        assert_eq!(document["type"], "urn:problem-type:secure-api:malformed");
        let told = mistakes(&document);
        let codes: Vec<_> = told.iter().map(|(_, code)| *code).collect();
        assert_eq!(codes, [code], "{:?}", String::from_utf8_lossy(body));
    }
}

// R83 R76
#[tokio::test]
async fn only_json_is_read() {
    let (server, token) = server().await;
    let request = |types: &[&str]| {
        let request = server.request(Method::POST, "/v2/messages").bearer_auth(&token);
        types.iter().fold(request, |request, value| request.header("content-type", *value))
    };
    let body = r#"{"text":"hello"}"#;
    for types in [
        &[][..],
        &["text/plain"],
        &["application/x-www-form-urlencoded"],
        &["multipart/form-data; boundary=x"],
        &["application/json; charset=latin1"],
        &["application/json; charset=utf-16"],
        &["application/jsonp"],
        &["application/problem+json"],
        &["application/json", "application/json"],
        &["application/json, text/html"],
        &[""],
    ] {
        let answer = Answer::of(request(types).body(body)).await;
        answer.is_problem(415);
        assert_eq!(answer.header("accept"), "application/json", "{types:?}");
    }
    for types in ["application/json", "Application/JSON", "application/json; charset=\"UTF-8\""] {
        assert_eq!(Answer::of(request(&[types]).body(body)).await.status, 202, "{types}");
    }
    // R82: no coding is undone, so none can inflate.
    let coded = request(&["application/json"]).header("content-encoding", "gzip").body(body);
    let coded = Answer::of(coded).await;
    coded.is_problem(415);
    assert_eq!(coded.header("accept-encoding"), "identity");
}

// R83
#[tokio::test]
async fn only_json_is_offered() {
    let server = TestServer::start().await;
    let ask = async |accept: &str| {
        Answer::of(server.request(Method::GET, "/v2/parts/BOLT").header("accept", accept)).await
    };
    for accept in [
        "text/html",
        "application/xml, text/*",
        "application/json;q=0",
        "application/json;q=0, */*",
        "json",
    ] {
        ask(accept).await.is_problem(406);
    }
    for accept in ["*/*", "", "application/*;q=0.1", "text/html, application/json;q=0.9"] {
        assert_eq!(ask(accept).await.status, 200, "{accept}");
    }
}

// R110: a request that reads has no content.
#[tokio::test]
async fn content_where_none_is_defined_is_refused() {
    let (server, token) = server().await;
    for method in [Method::GET, Method::HEAD] {
        let answer = server.send(method.clone(), Some(&token), "/v2/orders", "{}").await;
        assert_eq!(answer.status, 400, "{method}");
    }
    let chunked = "GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                   transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    raw(server.address, chunked).await.is_problem(400);
    let admin = server.token("root", &["admin"]);
    let path = format!("{}/shipment", order("v2", ALICES));
    server.send(Method::POST, Some(&admin), &path, "{}").await.is_problem(400);
    let without = server.request(Method::POST, &path).bearer_auth(&admin);
    assert_eq!(Answer::of(without).await.status, 202);
}

// R39: a malformed request by nobody is told only that.
#[tokio::test]
async fn what_a_stranger_sends_is_not_read() {
    let server = TestServer::start().await;
    for body in ["", "{", r#"{"extra":1}"#] {
        server.send(Method::POST, None, "/v2/orders", body).await.is_problem(401);
    }
    let html = server.request(Method::GET, "/v2/orders").header("accept", "text/html");
    Answer::of(html).await.is_problem(401);
    let large = server.send(Method::POST, None, "/v2/orders", "x".repeat(100_000)).await;
    large.is_problem(401);
}

// R74 R80: no value comes back, in no place, nor is any logged.
#[tokio::test]
async fn no_value_is_repeated() {
    const MARK: &str = "Zq9mark";
    let log = Log::capture();
    let (server, token) = server().await;
    let mut answers = Vec::new();
    for body in [
        json!({"parts": MARK, "card": "4"}).to_string(),
        json!({"parts": [{"sku": MARK, "price": MARK}], "card": MARK.repeat(20), "note": MARK.repeat(20)})
            .to_string(),
        json!({"parts": [], "card": "4", "extra": MARK}).to_string(),
        format!("{{\"note\":\"{MARK}\",\"note\":\"{MARK}\"}}"),
        format!("{{\"note\":{MARK}}}"),
        MARK.to_owned(),
    ] {
        let answer = server.send(Method::POST, Some(&token), "/v2/orders", body).await;
        assert!([400, 422].contains(&answer.status));
        answers.push(answer);
    }
    for path in [
        format!("/v2/parts?like={}", MARK.repeat(20)),
        format!("/v2/parts?most={MARK}"),
        format!("/v2/parts?colour={MARK}"),
        format!("/v2/orders/{MARK}"),
        format!("/v2/failures/{MARK}"),
        format!("/{MARK}/{MARK}?{MARK}"),
        format!("/v2/parts/{}", MARK.repeat(20)),
    ] {
        let answer = server.get_as(&token, &path).await;
        assert!([400, 404].contains(&answer.status), "{path}");
        answers.push(answer);
    }
    let odd = server
        .request(Method::GET, "/v2/parts/BOLT")
        .header("accept", format!("text/{MARK}"))
        .header("x-request-id", format!("{MARK} {MARK}"))
        .header("cookie", MARK);
    answers.push(Answer::of(odd).await);
    let unknown = Method::from_bytes(MARK.to_uppercase().as_bytes()).expect("a method");
    let unknown = Answer::of(server.request(unknown, "/v2/parts")).await;
    unknown.is_problem(405);
    answers.push(unknown);
    for answer in answers {
        let text = format!("{:?} {}", answer.headers, answer.body).to_lowercase();
        assert!(!text.contains(&MARK.to_lowercase()), "{answer:#?}");
    }
    assert!(log.text().contains("refused"));
    let logged = log.lines_with(&[MARK]);
    assert!(logged.is_empty(), "{logged:#?}");
}

// R85: text is cleaned before it is checked, and that is what the handler sees.
#[tokio::test]
async fn text_is_cleaned_first() {
    let (server, token) = server().await;
    let body = r#"{"note":"  caf\u0065\u0301\u0007\u200b ","parts":[{"sku":"BOLT","price":5}],"card":"4"}"#;
    let created = server.send(Method::POST, Some(&token), "/v2/orders", body).await;
    assert_eq!(created.status, 201);
    let shown = server.get_as(&token, created.header("location")).await.json();
    assert_eq!(
        shown["note"].as_str().map(|note| note.replace('\u{200b}', "")),
        Some("café".into())
    );
}

// R85: a path is decoded once.
#[tokio::test]
async fn a_path_is_decoded_once() {
    let server = TestServer::start().await;
    let shown = async |path: &str| server.get(path).await;
    assert_eq!(shown("/v2/parts/A%20B").await.json()["sku"], "A B");
    assert_eq!(shown("/v2/parts/%42OLT").await.json()["sku"], "BOLT");
    assert_eq!(shown("/v2/parts/%C3%A9").await.json()["sku"], "é");
    for path in ["%2541", "%00", "%0d%0aset-cookie:x", "..%2f..%2fetc", "a%5cb", "%ff", "%c3%28"] {
        shown(&format!("/v2/parts/{path}")).await.is_problem(400);
    }
    for path in
        ["/v2//parts/BOLT", "/v2/parts/BOLT/", "//v2/parts/BOLT", "/v2/parts/", "/v2/parts//"]
    {
        let text = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        raw(server.address, text).await.is_problem(404);
    }
}
