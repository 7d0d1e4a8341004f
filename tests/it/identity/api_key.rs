//! API keys from outside: made by a caller, used by a program, listed, rotated and ended.

pub(super) mod depot;

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use self::depot::Keys;
use super::door::ask;
use crate::support::{Answer, Log, server::START};

// R18: a key is its owner, with its own roles; what is kept of it is not it.
#[tokio::test]
async fn a_key_speaks_for_who_made_it() {
    let keys = Keys::start().await;
    let (id, key) = keys.made().await;
    assert!(key.starts_with(&format!("depot_{id}_")), "{key}");
    let answer = keys.with(&key).await;
    assert_eq!(answer.json()["name"], "https://login.depot.example||alice");
    assert_eq!(answer.json()["id"], "ApiKey");
    let kept = format!("{:?}", keys.table.rows(|rows| rows.keys[&id].clone()).expect("a row"));
    assert!(!kept.contains("digest") && !kept.contains("alice") && kept.contains(&id), "{kept}");
    // Where keys are not admitted they open nothing.
    ask(&keys.server, &format!("/v1/keys/{id}"), &[("x-api-key", &key)]).await.is_problem(405);
    let request = keys.server.request(Method::DELETE, &format!("/v1/keys/{id}"));
    Answer::of(request.header("x-api-key", &key)).await.is_problem(401);
}

// R31: nobody gives by a key what they have not.
#[tokio::test]
async fn a_key_has_no_more_than_its_maker() {
    let keys = Keys::start().await;
    keys.make(&json!({ "label": "build", "power": "admin" })).await.is_problem(409);
    for label in ["\u{200b}\u{200b}", &"a".repeat(81)] {
        keys.make(&json!({ "label": label, "power": "" })).await.is_problem(422);
    }
    let (_, key) = keys.made().await;
    let request = keys.server.request(Method::POST, "/v1/admin/vault").header("x-api-key", key);
    Answer::of(request).await.is_problem(403);
}

// R22 R23: whatever is wrong with a key, the answer is the same, and the log says what, and nothing of the key.
#[tokio::test]
async fn a_key_that_does_not_hold_is_refused() {
    let keys = Keys::start().await;
    let (id, key) = keys.made().await;
    let (_, other) = keys.made().await;
    let log = Log::capture();
    // The secret of another key behind this one's id, with a sum that is right.
    let mixed = format!("depot_{id}_{}", &other["depot_".len() + 17..][..64]);
    let mixed = format!("{mixed}{:08x}", crc32(mixed.as_bytes()));
    let unknown = format!("depot_{}_{}", "0".repeat(16), "0".repeat(64));
    let unknown = format!("{unknown}{:08x}", crc32(unknown.as_bytes()));
    for wrong in [&*mixed, &*unknown, &key[..key.len() - 1], &key.to_uppercase(), "x", ""] {
        let answer = keys.with(wrong).await;
        answer.is_problem(401);
        assert_eq!(
            answer.header("www-authenticate"),
            "ApiKey realm=\"api\", error=\"invalid_token\""
        );
    }
    for reason in ["is another one", "no API key of this id", "no API key of this app"] {
        assert!(!log.lines_with(&[reason]).is_empty(), "{reason}: {}", log.text());
    }
    assert!(!log.text().contains(&key[30..60]) && !log.text().contains(&mixed));
    assert_eq!(keys.with(&key).await.status, 200);
}

/// The check sum of a key (CRC-32 of IEEE 802.3), bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    let all = bytes
        .iter()
        .fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)));
    !all
}

// R19: a key ends when its owner says so, and at its time; nobody else ends it.
#[tokio::test]
async fn a_key_ends() {
    let keys = Keys::start().await;
    let (id, key) = keys.made().await;
    let path = format!("/v1/keys/{id}");
    let bob = keys.server.token("bob", &["customer"]);
    keys.server.send(Method::DELETE, Some(&bob), &path, "").await;
    assert_eq!(keys.with(&key).await.status, 200, "it is not bob's");
    assert_eq!(keys.server.send(Method::DELETE, Some(&keys.alice), &path, "").await.status, 204);
    keys.with(&key).await.is_problem(401);

    let (_, key) = keys.made().await;
    let day = Duration::from_secs(24 * 60 * 60);
    keys.server.clock.advance(day * 90 - Duration::from_secs(1));
    assert_eq!(keys.with(&key).await.status, 200);
    keys.server.clock.advance(Duration::from_secs(1));
    keys.with(&key).await.is_problem(401);
}

#[tokio::test]
async fn a_key_is_rotated_with_an_overlap() {
    let keys = Keys::start().await;
    let (id, old) = keys.made().await;
    let path = format!("/v1/keys/{id}/rotation");
    let rotate = || keys.server.send(Method::POST, Some(&keys.alice), &path, "");
    let new = rotate().await.json()["key"].as_str().expect("a key").to_owned();
    assert!(keys.with(&old).await.status == 200 && keys.with(&new).await.status == 200);
    keys.server.clock.advance(Duration::from_secs(600));
    keys.with(&old).await.is_problem(401);
    assert_eq!(keys.with(&new).await.status, 200);
    // What has ended is not begun anew, and what is another's is not there.
    let alice = keys.server.token("alice", &["customer"]);
    keys.server.send(Method::POST, Some(&alice), &path, "").await.is_problem(404);
    let bob = keys.server.token("bob", &["customer"]);
    keys.server.send(Method::POST, Some(&bob), &path, "").await.is_problem(404);
}

// R19: what was revoked opens nothing, and has no successor that would.
#[tokio::test]
async fn a_key_that_was_revoked_is_not_begun_anew() {
    let keys = Keys::start().await;
    let issuer = "https://login.depot.example";
    let rotated = async |id: &str| {
        let alice = keys.server.token("alice", &["customer"]);
        let path = format!("/v1/keys/{id}/rotation");
        keys.server.send(Method::POST, Some(&alice), &path, "").await.status
    };
    let ((one, text), (other, _)) = (keys.made().await, keys.made().await);
    let revoked = keys.revocations.revoke_token(issuer, &one, i64::MAX).await;
    revoked.expect("the ledger answers");
    keys.with(&text).await.is_problem(401);
    assert_eq!((rotated(&one).await, rotated(&other).await), (404, 200));
    let revoked = keys.revocations.revoke_subject(issuer, "alice", START).await;
    revoked.expect("the ledger answers");
    keys.server.clock.advance(Duration::from_secs(1));
    assert_eq!(rotated(&other).await, 404);
}

// R31: a key that has more than whoever rotates it would give it to them, and one whose owner has lost a role would keep it for ever.
#[tokio::test]
async fn a_key_is_rotated_by_who_has_what_it_has() {
    let keys = Keys::start().await;
    let admin = keys.server.token("alice", &["admin"]);
    let body = r#"{"label":"root","power":"admin"}"#;
    let made = keys.server.send(Method::POST, Some(&admin), "/v1/keys", body).await.json();
    let text = |name: &str| made[name].as_str().expect("text").to_owned();
    let (path, old) = (format!("/v1/keys/{}/rotation", text("id")), text("key"));
    let vault = async |key: &str| {
        let request = keys.server.request(Method::POST, "/v1/admin/vault");
        Answer::of(request.header("x-api-key", key)).await.status
    };
    keys.server.send(Method::POST, Some(&keys.alice), &path, "").await.is_problem(409);
    assert_eq!(vault(&old).await, 202, "it was not ended either");
    let new = keys.server.send(Method::POST, Some(&admin), &path, "").await.json();
    assert_eq!(vault(new["key"].as_str().expect("a key")).await, 202);
}

// Each use is there to be seen, and a busy key writes once a minute.
#[tokio::test]
async fn the_use_of_a_key_is_noted_once_a_minute() {
    let keys = Keys::start().await;
    let (_, key) = keys.made().await;
    let notes = || keys.table.rows(|rows| rows.notes).expect("the table is up");
    let listed = keys.server.get_as(&keys.alice, "/v1/keys").await.json();
    assert_eq!((&listed["items"][0]["used"], notes()), (&json!(false), 0));
    for _ in 0..3 {
        assert_eq!(keys.with(&key).await.status, 200);
    }
    assert_eq!(notes(), 1);
    keys.server.clock.advance(Duration::from_secs(60));
    assert_eq!(keys.with(&key).await.status, 200);
    assert_eq!(notes(), 2);
    let listed = keys.server.get_as(&keys.alice, "/v1/keys").await.json();
    assert_eq!(
        (&listed["items"][0]["used"], &listed["items"][0]["name"]),
        (&json!(true), &json!("build"))
    );
}

// R38
#[tokio::test]
async fn without_its_table_no_key_opens() {
    let keys = Keys::start().await;
    let (_, key) = keys.made().await;
    keys.table.rows(|rows| rows.down = true).expect("the table is up");
    keys.with(&key).await.is_problem(503);
}

// R114: the pages that may read answers may send the credentials too.
#[tokio::test]
async fn a_page_may_send_a_key() {
    let keys = Keys::with_app(|app| app.cors(["https://app.example"])).await;
    let request = keys.server.request(Method::OPTIONS, "/v1/shelf");
    let request = request.header("origin", "https://app.example");
    let answer = Answer::of(request.header("access-control-request-method", "GET")).await;
    let allowed: Vec<_> = answer.header("access-control-allow-headers").split(", ").collect();
    assert!(allowed.contains(&"x-api-key") && allowed.contains(&"authorization"), "{allowed:?}");
}
