//! The size of a body, announced or not.

use super::*;

/// Returns a request to leave a message with a body in these parts, which are sent chunked.
fn chunked(parts: &[&str]) -> String {
    let mut request = "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                       content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        .to_owned();
    for part in parts {
        request.push_str(&format!("{:x}\r\n{part}\r\n", part.len()));
    }
    request + "0\r\n\r\n"
}

// R82: with and without a stated length.
#[tokio::test]
async fn a_large_body_is_refused() {
    let server = TestServer::with(|app| app.body_limit(1000)).await;
    let body = |length: usize| format!("{{\"text\":\"{}\"}}", "a".repeat(length - 11));
    let post = async |length| server.send(Method::POST, None, "/v2/messages", body(length)).await;
    assert_eq!(post(1000).await.status, 202);
    post(1001).await.is_problem(413);

    let text = body(1000);
    let (first, second) = text.split_at(400);
    assert_eq!(raw(server.address, chunked(&[first, second])).await.status, 202);
    let text = body(1001);
    let (first, second) = text.split_at(400);
    raw(server.address, chunked(&[first, second])).await.is_problem(413);

    // What is announced is not waited for.
    let announced = "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                     content-type: application/json\r\nexpect: 100-continue\r\ncontent-length: 99999999\r\n\r\n";
    raw(server.address, announced).await.is_problem(413);
}

// R82: of what is compressed, the bytes that are sent, though none of them is content.
#[tokio::test]
async fn a_large_body_of_nothing_is_refused() {
    let server = TestServer::with(|app| app.body_limit(1000).accept_gzip()).await;
    // The head of a member, and blocks of no bytes.
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for (blocks, status) in [(100, 400), (300, 413)] {
        let body = [&head[..], &[0, 0, 0, 0xff, 0xff].repeat(blocks)].concat();
        let mut request = b"POST /v2/messages HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                            content-type: application/json\r\ncontent-encoding: gzip\r\n\
                            transfer-encoding: chunked\r\n\r\n"
            .to_vec();
        for part in body.chunks(100) {
            request.extend(format!("{:x}\r\n", part.len()).into_bytes());
            request.extend([part, b"\r\n"].concat());
        }
        request.extend(b"0\r\n\r\n");
        raw(server.address, request).await.is_problem(status);
    }
}

// A client that waits to be told to go on is told so, once what it announces may be read.
#[tokio::test]
async fn a_client_that_expects_to_go_on_goes_on() {
    let server = TestServer::start().await;
    let body = r#"{"text":"hello"}"#;
    let request = format!(
        "POST /v2/messages HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nexpect: 100-continue\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let text = crate::support::client::raw_text(server.address, request).await;
    assert!(text.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202"), "{text}");
}
