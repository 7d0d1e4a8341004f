//! Runs that were cut at their deadline, and those that are to be tried again.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

// R116: nobody knows how far a run came that was cut, so its key is not free.
#[tokio::test]
async fn a_run_that_was_cut_is_undecided() {
    let deadline = |app: secure_api::app::AppBuilder| app.deadline(Duration::from_millis(300));
    let (server, desk) = start_with(deadline).await;
    let alice = server.token("alice", &["customer"]);
    place(&server, &alice, KEY, SLOW).await.is_problem(503);
    for _ in 0..3 {
        refused(&place(&server, &alice, KEY, SLOW).await, 409, "undecided");
    }
    // Another request with this key is told apart, and another key is another request.
    refused(&place(&server, &alice, KEY, WELL).await, 422, "mismatch");
    assert_eq!(desk.runs(), 1);
    assert_eq!(place(&server, &alice, "\"w\"", WELL).await.status, 201);
    server.clock.advance(secure_api::flow::KEY_TTL);
    let alice = server.token("alice", &["customer"]);
    assert_eq!(place(&server, &alice, KEY, WELL).await.status, 201);
}

// R116: a caller that sends its body late does not choose where the handler is cut: each has a deadline of its own.
#[tokio::test]
async fn a_late_body_cuts_no_handler() {
    let (server, desk) = start_with(|app| app.deadline(Duration::from_millis(600))).await;
    let alice = server.token("alice", &["customer"]);
    let head = format!(
        "POST /v2/orders HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {alice}\r\n\
         idempotency-key: {KEY}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        SLOW.len()
    );
    let mut stream = tokio::net::TcpStream::connect(server.address).await.expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(500)).await;
    stream.write_all(SLOW.as_bytes()).await.expect("sent");
    desk.begun(1).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    desk.let_go();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.expect("an answer");
    assert!(text.starts_with("HTTP/1.1 201 "), "{text}");
}

// R116: a refusal that says when to try again is not the answer of its key.
#[tokio::test]
async fn what_is_to_be_tried_again_is_carried_out_again() {
    const BUSY: &str = r#"{"way":"busy"}"#;

    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    for runs in 1..=2 {
        let refused = place(&server, &alice, KEY, BUSY).await;
        refused.is_problem(429);
        assert_eq!(refused.header("retry-after"), "30");
        assert_eq!(desk.runs(), runs);
    }
}
