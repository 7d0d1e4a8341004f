//! The framing of a request: one reading of where its content ends, and a bound on what comes before it.

use http::Request;
use secure_api::limit::Limit;

use crate::support::{
    Log, TestServer,
    client::raw_text,
    raw,
    server::{ALICES, order},
};

// R50 in part, RFC 9112, section 6.1.
#[tokio::test]
async fn content_is_chunked_or_has_a_length() {
    let server = TestServer::start().await;
    let second = "GET /v2/parts/NUT HTTP/1.1\r\nhost: localhost\r\n\r\n";
    for coding in [
        "gzip, chunked",
        "chunked, chunked",
        "identity, chunked",
        "chunked;x=y",
        "gzip\r\ntransfer-encoding: chunked",
        "chunked\r\ntransfer-encoding: chunked",
        "xchunked",
        "chunked, gzip",
        "",
    ] {
        for path in ["/v2/messages", "/nowhere"] {
            let request = format!(
                "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                 transfer-encoding: {coding}\r\n\r\nc\r\n{{\"text\":\"x\"}}\r\n0\r\n\r\n{second}"
            );
            let text = raw_text(server.address, request).await;
            assert!(text.starts_with("HTTP/1.1 400 "), "{coding}: {text}");
            assert!(text.to_lowercase().contains("connection: close"), "{coding}: {text}");
            assert_eq!(text.matches("HTTP/1.1 ").count(), 1, "{coding}: {text}");
        }
    }
    let chunked = "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nconnection: close\r\n\
                   transfer-encoding: Chunked\r\n\r\nc\r\n{\"text\":\"x\"}\r\n0\r\n\r\n";
    assert_eq!(raw(server.address, chunked).await.status, 202);
}

// RFC 9112, section 6.1: the length is dropped, since the chunks say where the content ends, and the connection ends.
#[tokio::test]
async fn a_length_beside_chunks_ends_the_connection() {
    let server = TestServer::start().await;
    let request = "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                   content-length: 3\r\ntransfer-encoding: chunked\r\n\r\nc\r\n{\"text\":\"x\"}\r\n0\r\n\r\n\
                   GET /v2/parts/NUT HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let text = raw_text(server.address, request).await;
    assert_eq!(text.matches("HTTP/1.1 ").count(), 1, "{text}");
    assert!(text.to_lowercase().contains("connection: close"), "{text}");
}

// R83: one rule for both protocols.
#[tokio::test]
async fn what_takes_no_content_refuses_any() {
    let server = TestServer::start().await;
    let support = server.token("sam", &["support"]);
    let path = order("v2", ALICES);
    let head = |more: &str| {
        format!(
            "DELETE {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer {support}\r\n{more}"
        )
    };
    for more in
        ["content-length: 1\r\n\r\nx", "transfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"]
    {
        raw(server.address, head(more)).await.is_problem(400);
    }
    let http2 = async |method: &str, frames: &'static [&'static [u8]]| {
        let stream = tokio::net::TcpStream::connect(server.address).await.expect("a connection");
        let (client, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        tokio::spawn(connection);
        let request = Request::builder()
            .method(method)
            .uri(format!("http://localhost{path}"))
            .header("authorization", format!("Bearer {support}"));
        let mut client = client.ready().await.expect("a connection");
        let (answer, mut sending) =
            client.send_request(request.body(()).expect("a request"), false).expect("a stream");
        for frame in frames {
            sending.send_data(bytes::Bytes::from_static(frame), false).expect("sent");
        }
        sending.send_data(bytes::Bytes::new(), true).expect("sent");
        answer.await.expect("an answer").status().as_u16()
    };
    for method in ["DELETE", "GET"] {
        assert_eq!(http2(method, &[b"x"]).await, 400);
        assert_eq!(http2(method, &[b"", b"x"]).await, 400);
    }
    // No bytes are no content, however they are announced.
    assert_eq!(http2("GET", &[]).await, 200);
    assert_eq!(http2("GET", &[b""]).await, 200);
    let none = head("transfer-encoding: chunked\r\n\r\n0\r\n\r\n");
    assert_eq!(raw(server.address, none).await.status, 204);
}

// R49: the same bound over both protocols.
#[tokio::test]
async fn a_request_has_a_hundred_fields() {
    let server = TestServer::start().await;
    let ask = async |fields: usize, crumbs: usize| {
        let stream = tokio::net::TcpStream::connect(server.address).await.expect("a connection");
        let (client, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        tokio::spawn(connection);
        let mut request = Request::builder().uri("http://localhost/v2/parts/BOLT");
        for number in 0..fields {
            request = request.header(format!("x-{number}"), "y");
        }
        for number in 0..crumbs {
            request = request.header("cookie", format!("c{number}=y"));
        }
        let mut client = client.ready().await.expect("a connection");
        let request = request.body(()).expect("a request");
        let (answer, _) = client.send_request(request, true).expect("a stream");
        answer.await.expect("an answer").status().as_u16()
    };
    assert_eq!(ask(100, 0).await, 200);
    assert_eq!(ask(101, 0).await, 431);
    // Browsers part their one `Cookie` into a field for each pair.
    assert_eq!(ask(0, 120).await, 200);
    assert_eq!(ask(99, 120).await, 200);
    assert_eq!(ask(100, 1).await, 431);
    let many = |fields: usize| {
        let lines: String = (0..fields - 2).map(|number| format!("x-{number}: y\r\n")).collect();
        format!("GET /v2/parts/BOLT HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{lines}\r\n")
    };
    assert_eq!(raw(server.address, many(100)).await.status, 200);
    assert_eq!(raw(server.address, many(101)).await.status, 431);
}

// R72 R75 R115: what is no request is refused as a request is, and is the last one of its connection.
#[tokio::test]
async fn what_is_no_request_is_a_problem_and_ends_the_connection() {
    let server = TestServer::start().await;
    let log = Log::capture();
    let fields = |number: usize| "x: y\r\n".repeat(number);
    let refused = [
        (400, "no HTTP at all\r\n\r\n".to_owned()),
        (400, "GET /v2/parts/BOLT HTTP/1.1\r\nhost : x\r\n\r\n".to_owned()),
        (400, "GET /v2/parts/BOLT HTTP/1.1\r\nhost: x\r\n folded\r\n\r\n".to_owned()),
        (400, "GET /v2/parts/BOLT HTTP/3.0\r\nhost: x\r\n\r\n".to_owned()),
        // The target counts as a part of the header.
        (431, format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(66_000))),
        (431, format!("GET /v2/parts/BOLT HTTP/1.1\r\nhost: x\r\n{}\r\n", fields(100))),
        (
            431,
            format!("GET /v2/parts/BOLT HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(70_000)),
        ),
    ];
    let next = "GET /v2/parts/NUT HTTP/1.1\r\nhost: localhost\r\n\r\n";
    for (status, request) in &refused {
        let text = raw_text(server.address, format!("{request}{next}")).await;
        assert_eq!(text.matches("HTTP/1.1 ").count(), 1, "{text}");
        let answer = raw(server.address, format!("{request}{next}")).await;
        answer.is_problem(*status);
        answer.has_security_headers();
        assert_eq!(answer.header("connection"), "close");
        assert!(answer.maybe_header("date").is_some() && answer.header("x-request-id").len() == 36);
        // Behind a request that was answered.
        let text = raw_text(server.address, format!("{next}{request}{next}")).await;
        let (first, second) = text.split_once("}HTTP/1.1 ").expect("two answers");
        assert!(
            first.starts_with("HTTP/1.1 200 ") && second.starts_with(&status.to_string()),
            "{text}"
        );
        assert!(second.contains("application/problem+json") && second.ends_with('}'), "{text}");
    }
    let told = log.lines_with(&["secure_api::request", "refused", "method=- "]);
    assert_eq!(told.len(), 3 * refused.len(), "{told:#?}");
}

// R53: whoever sends what is no request is limited as all are.
#[tokio::test]
async fn what_is_no_request_is_limited() {
    let server =
        TestServer::with(|app| app.address_limit(Limit::per_address(3).per_minute())).await;
    let nothing = "no HTTP at all\r\n\r\n";
    for _ in 0..3 {
        raw(server.address, nothing).await.is_problem(400);
    }
    let answer = raw(server.address, nothing).await;
    answer.is_problem(429);
    assert!(answer.maybe_header("retry-after").is_some());
}

// R76, RFC 9112, section 9.6: an answer says that it is the last one where it is.
#[tokio::test]
async fn a_refusal_that_ends_the_connection_says_so() {
    let server = TestServer::start().await;
    let large = "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                 content-length: 100000000\r\n\r\n{";
    let answer = raw(server.address, large).await;
    answer.is_problem(413);
    assert_eq!(answer.header("connection"), "close");
    let waits = "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/css\r\n\
                 content-length: 10\r\nexpect: 100-continue\r\n\r\n";
    let answer = raw(server.address, waits).await;
    answer.is_problem(415);
    assert_eq!(answer.header("connection"), "close");
}

// R76, RFC 9112, section 9.6: nobody knows where the request ends whose content is broken.
#[tokio::test]
async fn broken_content_ends_the_connection_and_says_so() {
    let server = TestServer::start().await;
    let second = "GET /v2/parts/NUT HTTP/1.1\r\nhost: localhost\r\n\r\n";
    for target in
        ["POST /v2/messages", "GET /v2/parts/BOLT", "OPTIONS /v2/parts", "GET /openapi/v2.json"]
    {
        for content in ["zz\r\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n", "2\r\n{}x\r\n0\r\n\r\n"] {
            let request = format!(
                "{target} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                 transfer-encoding: chunked\r\n\r\n{content}{second}"
            );
            let text = raw_text(server.address, request).await;
            assert!(text.starts_with("HTTP/1.1 400 "), "{target} {content:?}: {text}");
            assert!(
                text.to_lowercase().contains("connection: close"),
                "{target} {content:?}: {text}"
            );
            assert_eq!(text.matches("HTTP/1.1 ").count(), 1, "{target} {content:?}: {text}");
        }
    }
}

// R83: what no operation answers takes no content either.
#[tokio::test]
async fn options_and_documents_refuse_content() {
    let server = TestServer::start().await;
    for target in
        ["OPTIONS /v2/parts", "OPTIONS *", "GET /openapi/v2.json", "HEAD /openapi/v2.json"]
    {
        let ask = |more: &str| {
            raw(
                server.address,
                format!("{target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}"),
            )
        };
        for more in
            ["content-length: 1\r\n\r\nx", "transfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"]
        {
            assert_eq!(ask(more).await.status, 400, "{target} {more:?}");
        }
        for more in
            ["\r\n", "content-length: 0\r\n\r\n", "transfer-encoding: chunked\r\n\r\n0\r\n\r\n"]
        {
            assert!(ask(more).await.status < 300, "{target} {more:?}");
        }
    }
}

// RFC 9110, section 4.2.5: a fragment is not sent. The HTTP library takes one off before anybody could see it.
#[tokio::test]
async fn a_fragment_is_as_none() {
    let server = TestServer::start().await;
    for target in ["/v2/parts/BOLT#x", "/v2/parts/BOLT?#fields=x"] {
        let request =
            format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        assert_eq!(raw(server.address, request).await.status, 200, "{target}");
    }
}

// A client that ends its half of the connection has hung up, as proxies and browsers do.
#[tokio::test]
async fn a_client_that_sends_no_more_may_not_be_answered() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let server = TestServer::start().await;
    let mut stream = tokio::net::TcpStream::connect(server.address).await.expect("a connection");
    let request = b"GET /v2/parts/BOLT HTTP/1.1\r\nhost: localhost\r\n\r\n";
    stream.write_all(request).await.expect("sent");
    stream.shutdown().await.expect("half closed");
    let mut text = String::new();
    let read = stream.read_to_string(&mut text);
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), read).await;
    assert!(ended.is_ok(), "the connection ends");
}

// R112, RFC 9110, section 14.5: a part would be taken for the whole.
#[tokio::test]
async fn content_is_no_part_of_something() {
    let server = TestServer::start().await;
    for (range, status) in [("content-range: bytes 0-3/99\r\n", "400"), ("", "2")] {
        let request = format!(
            "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n\
             {range}content-length: 12\r\n\r\n{{\"text\":\"x\"}}"
        );
        let text = raw_text(server.address, request).await;
        assert!(text.starts_with(&format!("HTTP/1.1 {status}")), "{range}: {text}");
    }
}
