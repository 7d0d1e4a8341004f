//! The read that a condition asks: what nobody can call by then, or only with more than a change has, shows no state.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use reqwest::Method;
use secure_api::{clock::Clock, prelude::*, route::Extractor};

use crate::support::{Answer, Log, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// 2026-09-25T10:00:00Z, when the old way is out of service for half an hour.
const OUTAGE: i64 = 1_790_330_400;

/// The number of times that a handler ran.
#[derive(Clone, Default)]
struct Ran(Arc<AtomicUsize>);

#[derive(Resource)]
#[view(DialView, role = Role::Member, fields(at))]
struct Dial {
    at: u32,
}

fn dial(ran: &Ran) -> Dial {
    ran.0.fetch_add(1, Ordering::SeqCst);
    Dial { at: 7 }
}

/// Shows a dial the old way.
#[get("/old", version = Version::V1.., role = Role::Member, view = DialView,
      deprecated(since = "2026-01-01", sunset = "2026-10-01", instead = get_new,
                 brownout("2026-09-25T10:00Z", "30m")))]
async fn get_old(ran: Service<Ran>) -> Dial {
    dial(&ran)
}

/// Sets it.
#[put("/old", version = Version::V1.., role = Role::Member)]
async fn set_old() -> NoContent {
    NoContent
}

/// Shows a dial.
#[get("/new", version = Version::V1.., role = Role::Member, view = DialView,
      allow(extractor, reason = "the display sends its number in a header"))]
async fn get_new(Extractor(_all): Extractor<axum::http::HeaderMap>, ran: Service<Ran>) -> Dial {
    dial(&ran)
}

/// Sets it.
#[put("/new", version = Version::V1.., role = Role::Member)]
async fn set_new() -> NoContent {
    NoContent
}

#[derive(Input)]
struct Scale {
    #[input(range = 1..=9)]
    scale: u8,
}

/// Shows a dial on a scale.
#[get("/scaled", version = Version::V1.., role = Role::Member, view = DialView)]
async fn get_scaled(Query(asked): Query<Scale>, ran: Service<Ran>) -> Dial {
    let _ = asked.scale;
    dial(&ran)
}

/// Sets it.
#[put("/scaled", version = Version::V1.., role = Role::Member)]
async fn set_scaled() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(get_old, set_old, get_new, set_new, get_scaled, set_scaled))]
struct Dials;

async fn put(server: &TestServer, token: &str, path: &str) -> Answer {
    let request = server.request(Method::PUT, path).bearer_auth(token);
    Answer::of(request.header("if-match", "*")).await
}

// R112, R99
#[tokio::test]
async fn a_condition_that_no_read_can_meet_says_why_in_the_log() {
    let log = Log::capture();
    let (ran, clock) = (Ran::default(), Clock::manual(START));
    let app = Dials::app().service(ran.clone()).tokens(token::issuer()).clock(clock.clone());
    let server = TestServer::run(app.build().expect("an app"), Default::default(), clock).await;
    let token = server.token("mary", &["member"]);
    assert_eq!(put(&server, &token, "/v1/old").await.status, 204);
    assert_eq!(ran.0.swap(0, Ordering::SeqCst), 1);

    server.clock.advance(std::time::Duration::from_secs(30 * 86_400));
    let token = server.token("mary", &["member"]);
    server.get_as(&token, "/v1/old").await.is_problem(410);
    for (path, why) in [
        ("/v1/old", "no GET is at the path, or none any more"),
        ("/v1/new", "the GET at the path takes an extractor"),
        ("/v1/scaled", "the GET at the path answers 400"),
    ] {
        let refused = put(&server, &token, path).await;
        let document = refused.is_problem(412);
        assert!(!document.to_string().contains("the GET"), "{document}");
        let lines = log.lines_with(&[refused.header("x-request-id")]);
        let [line] = &lines[..] else { panic!("{lines:#?}") };
        assert!(line.contains(why), "{line}");
    }
    assert_eq!(ran.0.load(Ordering::SeqCst), 0, "a handler ran that nobody may call");
}

// What was closed since shows nothing by the back door.
#[tokio::test]
async fn a_read_that_is_closed_or_out_of_service_meets_no_condition() {
    let ran = Ran::default();
    for (closed, at) in [(true, START), (false, OUTAGE)] {
        let clock = Clock::manual(at);
        let app = Dials::app().service(ran.clone()).tokens(token::issuer()).clock(clock.clone());
        let app = if closed { app.close("get_old", "it shows too much") } else { app };
        let server = TestServer::run(app.build().expect("an app"), Default::default(), clock).await;
        let token = server.token("mary", &["member"]);
        let status = if closed { 410 } else { 503 };
        server.get_as(&token, "/v1/old").await.is_problem(status);
        put(&server, &token, "/v1/old").await.is_problem(412);
    }
    assert_eq!(ran.0.load(Ordering::SeqCst), 0, "a handler ran that nobody may call");
}
