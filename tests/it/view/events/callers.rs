//! The callers who have events open: how many of them, by credentials of two kinds, and by accounts that take long to be asked.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
};

use axum::{body::Body, extract::ConnectInfo, http::Request};
use secure_api::identity::{
    AccountStatus, Credential, Head, Holder, Kind, Principal, Refused, Source, Standing,
};
use tower::ServiceExt;

use super::*;
use crate::support::Log;

/// A machine that belongs to nobody, and has no end.
enum Machine {}

impl Credential for Machine {
    const KIND: Kind = Kind::header("Machine", "x-machine");
}

struct Machines;

impl Source for Machines {
    type Kind = Machine;

    async fn identify(&self, _: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        Ok(Principal::new("https://machines.example", "press").roles(["member"]))
    }
}

/// Tells somebody at a machine of notes.
#[get("/machine/events", version = Version::V1.., role = Role::Member, by = all(Machine, Bearer), view = NoteView, open = 1)]
async fn watch_at_machine(feed: Service<Feed>) -> Events<Note> {
    feed.listen()
}

/// Tells somebody of notes.
#[get("/desk/events", version = Version::V1.., role = Role::Member, by = Bearer, view = NoteView, open = 1)]
async fn watch_at_desk(feed: Service<Feed>) -> Events<Note> {
    feed.listen()
}

/// Tells everybody of nothing.
#[get("/lamp/events", version = Version::V1.., public = "a lamp is for everybody", view = TickView, open = 2,
      limit = Limit::per_address(6000).per_minute())]
async fn watch_lamp() -> Events<Tick> {
    Events::new(futures_util::stream::pending())
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, reason = "nobody is the admin of a plant"),
      routes(watch_at_machine, watch_at_desk, watch_lamp))]
struct Plant;

fn plant(feed: &Feed, clock: &Clock) -> AppBuilder {
    let app = Plant::app().service(feed.clone()).tokens(token::issuer());
    app.source(Machines).clock(clock.clone())
}

async fn run(app: AppBuilder, clock: Clock) -> TestServer {
    TestServer::run(app.build().expect("an app"), Default::default(), clock).await
}

async fn watch(server: &TestServer, path: &str) -> Response {
    let asked = server.request(Method::GET, path).bearer_auth(server.token("alice", &["member"]));
    asked.header("x-machine", "north").send().await.expect("an answer")
}

#[tokio::test]
async fn a_caller_has_so_many_open_and_no_more() {
    let (server, _feed, _) = server().await;
    let (alice, bob) = (server.token("alice", &["member"]), server.token("bob", &["member"]));
    let (first, _second) = (open(&server, &alice).await, open(&server, &alice).await);
    let third = server.get_as(&alice, "/v1/notes/events").await;
    third.is_problem(429);
    assert_eq!(third.json()["violated-policies"], serde_json::json!(["open"]));
    assert_eq!(open(&server, &bob).await.status(), 200);
    drop(first);
    let begun = Instant::now();
    while open(&server, &alice).await.status() != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the place comes back");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn the_app_has_so_many_open_and_no_more() {
    let log = Log::capture();
    let (server, _feed, _) = serve(|app| app.most_open(1)).await;
    let _first = open(&server, &server.token("alice", &["member"])).await;
    let second = server.get_as(&server.token("bob", &["member"]), "/v1/notes/events").await;
    second.is_problem(503);
    // Anybody makes as many of these as they like, and nothing failed.
    let told = log.lines_with(&["WARN", "excess_rate_limit_exceeded", "watch_notes", "status=503"]);
    assert_eq!((told.len(), log.lines_with(&["ERROR"]).len()), (1, 0), "{}", log.text());
}

// R19
#[tokio::test]
async fn events_end_with_the_first_of_two_credentials() {
    let (feed, clock) = (Feed::default(), Clock::manual(START));
    let server = run(plant(&feed, &clock), clock).await;
    let mut events = watch(&server, "/v1/machine/events").await;
    feed.tell(|| note("before")).await;
    assert!(next(&mut events, "}\n\n").await.contains("before"));
    // The token ends, and the machine, whose identity counts, does not.
    server.clock.advance(Duration::from_secs(3600));
    feed.tell(|| note("after")).await;
    assert_eq!(end(&mut events).await, "");
}

#[tokio::test]
async fn an_event_waits_for_one_look_however_long_it_takes() {
    let (feed, clock) = (Feed::default(), Clock::manual(START));
    let (asked, slow) = (Arc::new(AtomicUsize::new(0)), clock.clone());
    let count = Arc::clone(&asked);
    let hook = move |_: Holder| {
        // A second goes by while an account is asked; an end, so that a failure is one.
        if count.fetch_add(1, Ordering::SeqCst) < 20 {
            slow.advance(Duration::from_secs(1));
        }
        std::future::ready(Ok::<_, StoreError>(AccountStatus::Unchanged))
    };
    let app = plant(&feed, &clock).standing(Standing::new(hook).remembered(Duration::ZERO));
    let server = run(app, clock).await;
    let asked_at_desk = server.request(Method::GET, "/v1/desk/events");
    let asked_at_desk = asked_at_desk.bearer_auth(server.token("alice", &["member"]));
    let mut events = asked_at_desk.send().await.expect("an answer");
    server.clock.advance(Duration::from_secs(1));
    asked.store(0, Ordering::SeqCst);
    feed.tell(|| note("late")).await;
    assert!(next(&mut events, "}\n\n").await.contains("late"));
    let asked = asked.load(Ordering::SeqCst);
    assert!((1..10).contains(&asked), "{asked}");
}

// A layer before the app does not keep it from hearing that the server stops.
#[tokio::test]
async fn a_server_with_layers_that_stops_ends_them() {
    let (feed, clock) = (Feed::default(), Clock::manual(START));
    let app = app(&feed, &clock).build().expect("an app");
    let app = app.map_router(|router| router.route("/health", axum::routing::get(|| async {})));
    let mut server = TestServer::run(app, Default::default(), clock).await;
    let mut events = open(&server, &server.token("alice", &["member"])).await;
    feed.tell(|| note("before")).await;
    assert!(next(&mut events, "}\n\n").await.contains("before"));
    let stopped = server.stop();
    end(&mut events).await;
    stopped.await.expect("it stops");
}

// R61
#[tokio::test]
async fn nobody_has_more_open_by_the_addresses_of_one_network() {
    let app = plant(&Feed::default(), &Clock::manual(START)).build().expect("an app");
    let (router, mut open) = (app.router(), Vec::new());
    for (address, status) in
        [("2001:db8::1", 200), ("2001:db8::2", 200), ("2001:db8::3", 429), ("2001:db8:0:1::1", 200)]
    {
        let mut request = Request::get("/v1/lamp/events").body(Body::empty()).expect("a request");
        let peer: SocketAddr = format!("[{address}]:4711").parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), status, "{address}");
        open.push(response);
    }
}
