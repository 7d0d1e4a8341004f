//! Objects that were created, shown once more: as they are by now, to whoever asks.

use uuid::Uuid;

use super::*;
use crate::support::{
    Log,
    model::{Order, OrderId},
};

/// Returns the number of the order that was created.
fn number(answer: &Answer) -> u128 {
    let place = answer.header("location");
    let id = place.rsplit('/').next().expect("a segment");
    Uuid::parse_str(id).expect("the key of an order").as_u128()
}

// R104 R116: whoever asks again is shown what they may see by now, through the view that is theirs.
#[tokio::test]
async fn what_was_created_is_shown_through_the_view_of_who_asks() {
    let (server, desk) = start().await;
    let root = server.token("alice", &["admin"]);
    let alice = server.token("alice", &["customer"]);
    let auditor = server.token("alice", &["auditor"]);
    let first = place(&server, &root, KEY, WELL).await;
    assert!(first.body.contains("margin"), "{first:#?}");
    let less = place(&server, &alice, KEY, WELL).await;
    assert_eq!((less.status, less.header("idempotency-replayed")), (201, "true"));
    assert_eq!(less.header("location"), first.header("location"));
    assert!(!less.body.contains("margin") && less.json()["id"] == first.json()["id"], "{less:#?}");
    less.has_security_headers();
    place(&server, &auditor, KEY, WELL).await.is_problem(403);
    assert_eq!(place(&server, &root, KEY, WELL).await.body, first.body);
    // The first answer showed less, and the next one may show more.
    let first = place(&server, &alice, "\"less\"", WELL).await;
    assert!(!first.body.contains("margin"), "{first:#?}");
    assert!(place(&server, &root, "\"less\"", WELL).await.body.contains("margin"));
    assert_eq!(desk.runs(), 2);
}

// R116: it is what it is by now.
#[tokio::test]
async fn what_was_created_is_shown_as_it_is_by_now() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    let first = place(&server, &alice, KEY, WELL).await;
    let id = OrderId::new(Uuid::from_u128(number(&first)));
    let order = Order::example("alice", number(&first));
    server.db.put([Order { id, note: Some("changed".into()), ..order }]);
    let again = place(&server, &alice, KEY, WELL).await;
    assert_eq!((again.status, &again.json()["note"]), (201, &json!("changed")));
    let read = server.get_as(&alice, first.header("location")).await;
    assert_eq!(read.json(), again.json());
    assert_eq!(desk.runs(), 1);
}

// R36 R116: what is another's by now is not there, as at its address, and nothing is done again.
#[tokio::test]
async fn what_was_created_and_is_anothers_by_now_is_not_there() {
    let (server, desk) = start().await;
    let alice = server.token("alice", &["customer"]);
    let first = place(&server, &alice, KEY, WELL).await;
    server.db.put([Order::example("bob", number(&first))]);
    let log = Log::capture();
    let again = place(&server, &alice, KEY, WELL).await;
    let told = server.get_as(&alice, first.header("location")).await.is_problem(404);
    assert_eq!(again.is_problem(404), told);
    assert!(again.maybe_header("location").is_none(), "{again:#?}");
    let lines = log.lines_with(&[again.header("x-request-id"), "authz_fail"]);
    assert_eq!(lines.len(), 1, "{}", log.text());
    refused(&place(&server, &alice, KEY, REFUSED).await, 422, "mismatch");
    assert_eq!(desk.runs(), 1);
}

// R116
#[test]
fn the_document_says_that_it_may_be_gone() {
    let document = document();
    let operation = &document["paths"]["/v2/orders"]["post"];
    assert!(problems(&document, operation, "404").contains(&"not-found".to_owned()));
}
