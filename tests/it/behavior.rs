//! The behavior of callers, over sockets, by a clock that stands until it is moved.

mod names;
mod shared;

use std::time::Duration;

use secure_api::{behavior::Behavior, clock::Clock, prelude::*, testing};

use crate::support::{
    Answer, Log, TestServer,
    server::{START, app, stocked},
};

const ABNORMAL: &str = "https://iana.org/assignments/http-problem-types#abnormal-usage-detected";

/// Looks for what is not there, once in so many milliseconds, until it is refused, and returns that answer.
async fn scan(server: &TestServer, millis: u64) -> Option<(u32, Answer)> {
    for path in 0..500 {
        server.clock.advance(Duration::from_millis(millis));
        let answer = server.get(&format!("/v2/backup-{path}.zip")).await;
        if answer.status == 429 {
            return Some((path, answer));
        }
        answer.is_problem(404);
    }
    None
}

// R67
#[tokio::test]
async fn who_looks_for_what_is_not_there_has_less_and_less() {
    let log = Log::capture();
    let server = TestServer::start().await;
    let (tried, refused) = scan(&server, 200).await.expect("a scanner is refused");
    assert!((40..200).contains(&tried), "after {tried}");
    let document = refused.is_problem(429);
    assert_eq!(document["type"], ABNORMAL);
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=900).contains(&wait), "{wait}");
    // Nothing is told to the caller; one line tells whoever runs the server.
    assert!(document.get("detail").is_none() && !refused.body.contains("missing"));
    let lines = log.lines_with(&["excess_rate_limit_exceeded", "by a score of", "missing ("]);
    assert_eq!(lines.len(), 1, "{}", log.text());
    assert!(!log.text().contains("backup-"), "paths are not logged");
    // And it is admitted again when it was told so, and once its score is forgotten as ever.
    server.clock.advance(Duration::from_secs(wait));
    server.get("/v2/parts/BOLT").await;
    server.clock.advance(Duration::from_secs(3 * 86_400));
    for _ in 0..6 {
        server.clock.advance(Duration::from_secs(6));
        assert_ne!(server.get("/v2/parts/BOLT").await.status, 429);
    }
}

// R67
#[tokio::test]
async fn who_has_a_principal_is_not_its_address() {
    let server = TestServer::start().await;
    scan(&server, 200).await.expect("a scanner is refused");
    let token = server.token("alice", &["customer"]);
    for _ in 0..3 {
        assert_eq!(server.get_as(&token, "/v2/probe").await.status, 200);
    }
}

// R67
#[tokio::test]
async fn the_same_dead_link_is_nobodys_offence() {
    let server = TestServer::start().await;
    for _ in 0..600 {
        server.clock.advance(Duration::from_secs(1));
        server.get("/v2/old-page").await.is_problem(404);
    }
}

// R67
#[tokio::test]
async fn it_can_be_off() {
    for (behavior, name) in
        [(Behavior::off(), "off"), (Behavior::learned(), "learned"), (Behavior::scored(), "scored")]
    {
        let app =
            app(&stocked(), &Clock::manual(START)).behavior(behavior).build().expect("an app");
        let settings = app.model().settings.as_ref().expect("those of an app");
        assert_eq!(settings.behavior.as_deref(), Some(name));
        let told = app.inventory().contains(&format!("\nbehavior {name}\n"));
        assert_eq!(told, name != "scored", "{}", app.inventory());
    }
    let server = TestServer::with(|app| app.behavior(Behavior::off())).await;
    assert!(scan(&server, 200).await.is_none());
    let server = TestServer::with(|app| app.behavior(Behavior::learned())).await;
    assert!(scan(&server, 200).await.is_some());
}

// R67 R53
#[tokio::test]
async fn guessed_objects_cost_a_caller_its_limit() {
    let server = TestServer::start().await;
    let token = server.token("bob", &["customer"]);
    let mut statuses = Vec::new();
    for guess in 0..250_u128 {
        server.clock.advance(Duration::from_secs(2));
        let path = format!("/v2/orders/{}", uuid::Uuid::from_u128(0xBAD_0000 + guess));
        statuses.push(server.get_as(&token, &path).await.status);
    }
    let through = statuses.iter().filter(|status| **status == 404).count();
    assert!((10..130).contains(&through), "{through} guesses of 250 were answered");
    assert!(statuses.iter().all(|status| [404, 429].contains(status)), "{statuses:?}");
}

#[derive(Role)]
enum Role {
    Visitor,
    Owner,
}

#[derive(Version)]
enum Version {
    V1,
}

/// Rings a bell that rings three times an hour.
#[post("/bell", version = Version::V1, role = Role::Visitor, limit = Limit::per_route(3).per_hour())]
async fn bell() -> Accepted {
    Accepted
}

/// Knocks.
#[post("/door", version = Version::V1, role = Role::Visitor, limit = Limit::per_principal(60).per_minute())]
async fn knock() -> Accepted {
    Accepted
}

/// Opens the door for those who are in.
#[post("/attic", version = Version::V1, role = Role::Owner)]
async fn attic() -> Accepted {
    Accepted
}

/// Looks at the house from outside.
#[post("/street", version = Version::V1, public = "whoever passes by", limit = Limit::per_principal(60).per_minute())]
async fn look() -> Accepted {
    Accepted
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(bell, knock, attic, look))]
struct House;

/// Returns the number of sixty requests that pass.
async fn passed(request: impl Fn() -> testing::Request) -> u32 {
    let mut passed = 0;
    for _ in 0..60 {
        passed += u32::from(request().await.status() == 202);
    }
    passed
}

// R67: who is refused because others have used a limit up is none of those who did.
#[tokio::test]
async fn who_waits_for_others_has_done_nothing() {
    let app = House::app().tokens(testing::issuer());
    let client = testing::client(app).expect("a house that opens");
    let [mallory, alice] = ["mallory", "alice"].map(|who| client.as_caller(Role::Visitor, who));
    for _ in 0..3 {
        mallory.post("/v1/bell").await.assert_status(202);
    }
    for _ in 0..1500 {
        client.advance(Duration::from_millis(300));
        alice.post("/v1/bell").await.assert_status(429);
    }
    assert_eq!(passed(|| alice.post("/v1/door")).await, 60);
}

// R67: what somebody is refused who is known is no offence of all who are at the same address.
#[tokio::test]
async fn a_caller_is_refused_and_not_its_address() {
    let app = House::app().tokens(testing::issuer());
    let client = testing::client(app).expect("a house that opens");
    let mallory = client.as_caller(Role::Visitor, "mallory");
    for _ in 0..1500 {
        client.advance(Duration::from_millis(300));
        mallory.post("/v1/door").await;
    }
    mallory.post("/v1/attic").await.assert_status(403);
    client.advance(Duration::from_secs(60));
    assert_eq!(passed(|| client.post("/v1/street")).await, 60);
    assert!(passed(|| mallory.post("/v1/door")).await < 40);
}
