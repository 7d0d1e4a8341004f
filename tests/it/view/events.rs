//! Server-sent events: each through the view of its caller, and for as long as the caller may have them.

mod callers;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use reqwest::{Method, Response};
use secure_api::{
    app::{App, AppBuilder},
    clock::Clock,
    docs::{openapi_json, openapi_json_3_2},
    identity::Revocations,
    prelude::*,
    route::EventSender,
    testing::{self, Check},
};
use serde_json::Value as Json;

use crate::support::{Answer, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Member,
    #[role(includes(Member))]
    Admin,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource, Clone)]
#[view(NoteView, role = Role::Member, fields(text))]
#[view(NoteDesk, role = Role::Admin, extends = NoteView, fields(cost))]
struct Note {
    text: String,
    cost: u32,
}

#[derive(Input)]
struct Seen {
    /// The last note that was seen.
    #[input(name = "Last-Event-ID", range = 0..=1000)]
    last: Option<u32>,
}

/// The senders to those who listen.
#[derive(Clone, Default)]
struct Feed(Arc<Mutex<Vec<EventSender<Note>>>>);

impl Feed {
    fn listen(&self) -> Events<Note> {
        let (sender, events) = Events::channel(8);
        self.0.lock().expect("no panic").push(sender);
        events
    }

    async fn tell(&self, event: impl Fn() -> Event<Note>) {
        let senders = self.0.lock().expect("no panic").clone();
        for sender in senders {
            let _ = sender.send(event()).await;
        }
    }
}

/// Tells of notes.
#[get("/notes/events", version = Version::V1.., role = Role::Member, open = 2, lasts = Duration::from_secs(600),
      view(Role::Admin => NoteDesk, _ => NoteView))]
async fn watch_notes(Headers(seen): Headers<Seen>, feed: Service<Feed>) -> Events<Note> {
    let events = feed.listen();
    if let Some(last) = seen.last {
        let sender = feed.0.lock().expect("no panic").last().cloned().expect("one");
        let note = Note { text: format!("since {last}"), cost: 1 };
        let _ = sender.send(Event::new(note).id(&(last + 1))).await;
    }
    events.retry(Duration::from_secs(3))
}

/// Tells everybody two things, and ends.
#[get("/clock", version = Version::V1.., public = "time is for everybody", view = TickView, open = 3,
      limit = Limit::per_address(6000).per_minute())]
async fn tell_time() -> Events<Tick> {
    Events::new(futures_util::stream::iter([1, 2].map(|at| Event::new(Tick { at }).named("tick"))))
}

#[derive(Resource)]
#[view(TickView, public, fields(at))]
struct Tick {
    at: u32,
}

/// Tells of what has a name that none is.
#[get("/odd", version = Version::V1.., role = Role::Member, view = NoteView, open = 1)]
async fn tell_oddly() -> Events<Note> {
    let note = Note { text: "odd".to_owned(), cost: 1 };
    Events::new(futures_util::stream::iter([Event::new(note).id(&"a\ndata: b".to_owned())]))
}

/// Tells of what has an id, and then of what has none: by the standard an empty one forgets the one before.
#[get("/blank", version = Version::V1.., role = Role::Member, view = NoteView, open = 1)]
async fn tell_blankly() -> Events<Note> {
    let event = |id: &str| {
        let note = Note { text: format!("id {id}"), cost: 1 };
        Event::new(note).id(&id.to_owned())
    };
    let blank = futures_util::stream::once(async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        event("")
    });
    Events::new(futures_util::StreamExt::chain(futures_util::stream::iter([event("4")]), blank))
}

/// Tells of nothing for a second.
#[get("/short", version = Version::V1.., role = Role::Member, view = NoteView, open = 1, lasts = Duration::from_secs(1))]
async fn tell_shortly() -> Events<Note> {
    Events::new(futures_util::stream::pending())
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(watch_notes, tell_time, tell_oddly, tell_blankly, tell_shortly))]
struct Board;

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(watch_notes, tell_time))]
struct Attacked;

fn app(feed: &Feed, clock: &Clock) -> AppBuilder {
    Board::app().service(feed.clone()).tokens(token::issuer()).clock(clock.clone())
}

async fn server() -> (TestServer, Feed, Revocations) {
    serve(|app| app).await
}

async fn serve(change: impl FnOnce(AppBuilder) -> AppBuilder) -> (TestServer, Feed, Revocations) {
    let (clock, feed) = (Clock::manual(START), Feed::default());
    let app: App = change(app(&feed, &clock)).build().expect("an app");
    let revocations = app.revocations().clone();
    (TestServer::run(app, Default::default(), clock).await, feed, revocations)
}

async fn open(server: &TestServer, token: &str) -> Response {
    let asked = server.request(Method::GET, "/v1/notes/events").bearer_auth(token);
    asked.send().await.expect("an answer")
}

/// Returns what comes next, until it has come.
async fn next(response: &mut Response, wanted: &str) -> String {
    let mut told = String::new();
    while !told.contains(wanted) {
        let piece = tokio::time::timeout(Duration::from_secs(20), response.chunk()).await;
        match piece.expect("in time").expect("a piece") {
            Some(piece) => told.push_str(std::str::from_utf8(&piece).expect("a text")),
            None => panic!("it ended behind {told:?}"),
        }
    }
    told
}

/// Waits until it ends.
async fn end(response: &mut Response) -> String {
    let mut told = String::new();
    loop {
        let piece = tokio::time::timeout(Duration::from_secs(20), response.chunk()).await;
        match piece.expect("it ends in time").expect("a clean end") {
            Some(piece) => told.push_str(std::str::from_utf8(&piece).expect("a text")),
            None => return told,
        }
    }
}

fn note(text: &str) -> Event<Note> {
    Event::new(Note { text: text.to_owned(), cost: 7 }).id(&4_u32).named("note")
}

#[tokio::test]
async fn each_caller_sees_its_view_of_an_event() {
    let (server, feed, _) = server().await;
    let mut member = open(&server, &server.token("alice", &["member"])).await;
    let mut admin = open(&server, &server.token("root", &["admin"])).await;
    assert_eq!(member.headers()["content-type"], "text/event-stream");
    assert_eq!(member.headers()["cache-control"], "no-store");
    assert_eq!(member.headers()["x-content-type-options"], "nosniff");
    feed.tell(|| note("a\n\ndata: b\r<c>")).await;
    let text = r#"{"text":"a\n\ndata: b\r\u003cc\u003e""#;
    let wanted = format!("retry: 3000\n\nid: 4\nevent: note\ndata: {text}}}\n\n");
    assert_eq!(next(&mut member, "}\n\n").await, wanted);
    let wanted = format!("retry: 3000\n\nid: 4\nevent: note\ndata: {text},\"cost\":7}}\n\n");
    assert_eq!(next(&mut admin, "}\n\n").await, wanted);
    feed.0.lock().expect("no panic").clear();
    assert_eq!(end(&mut member).await, "");
    let asked = server.request(Method::GET, "/v1/notes/events").header("last-event-id", "4");
    let asked = asked.bearer_auth(server.token("alice", &["member"]));
    let mut again = asked.send().await.expect("an answer");
    assert!(next(&mut again, "}\n\n").await.contains("id: 5\ndata: {\"text\":\"since 4\"}"));
    let asked = server.request(Method::GET, "/v1/notes/events").header("last-event-id", "four");
    let asked = asked.bearer_auth(server.token("alice", &["member"]));
    Answer::of(asked).await.is_problem(400);
    server.get("/v1/notes/events").await.is_problem(401);
}

#[tokio::test]
async fn events_end_with_the_credentials_of_their_caller() {
    let (server, feed, revocations) = server().await;
    let mut events = open(&server, &server.token("alice", &["member"])).await;
    feed.tell(|| note("before")).await;
    assert!(next(&mut events, "}\n\n").await.contains("before"));
    server.clock.advance(Duration::from_secs(2));
    let now = server.clock.unix_seconds();
    revocations.revoke_subject(token::ISSUER, "alice", now).await.expect("the ledger answers");
    feed.tell(|| note("after")).await;
    assert_eq!(end(&mut events).await, "");
    // A token ends by itself, also where nothing happens.
    let mut events = open(&server, &server.token("bob", &["member"])).await;
    feed.tell(|| note("before")).await;
    assert!(next(&mut events, "}\n\n").await.contains("before"));
    server.clock.advance(Duration::from_secs(3600));
    assert_eq!(end(&mut events).await, "");
}

#[tokio::test]
async fn a_server_that_stops_ends_them() {
    let (mut server, feed, _) = server().await;
    let mut events = open(&server, &server.token("alice", &["member"])).await;
    feed.tell(|| note("before")).await;
    assert!(next(&mut events, "}\n\n").await.contains("before"));
    let begun = Instant::now();
    let stopped = server.stop();
    end(&mut events).await;
    stopped.await.expect("it stops");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn an_event_that_is_none_breaks_off() {
    let (server, _feed, _) = server().await;
    let asked = server.request(Method::GET, "/v1/odd").bearer_auth(server.token("a", &["member"]));
    // What breaks off at once may not even begin.
    if let Ok(odd) = asked.send().await {
        assert!(odd.text().await.is_err(), "no clean end");
    }
    let asked =
        server.request(Method::GET, "/v1/blank").bearer_auth(server.token("a", &["member"]));
    let mut blank = asked.send().await.expect("it begins");
    assert_eq!(next(&mut blank, "}\n\n").await, "id: 4\ndata: {\"text\":\"id 4\"}\n\n");
    assert!(blank.text().await.is_err(), "no clean end");
}

#[tokio::test]
async fn silence_is_kept_alive_and_ends_at_last() {
    let (server, _feed, _) = server().await;
    let begun = Instant::now();
    let mut long = open(&server, &server.token("alice", &["member"])).await;
    let asked =
        server.request(Method::GET, "/v1/short").bearer_auth(server.token("a", &["member"]));
    let mut short = asked.send().await.expect("an answer");
    assert_eq!(end(&mut short).await, "");
    assert!((1..5).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(next(&mut long, ":\n\n").await, "retry: 3000\n\n:\n\n");
    assert!((15..20).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn documents_and_inventory_tell_of_events() {
    let text = openapi_json(&Board::API.model(), "v1").expect("a version");
    let document: Json = serde_json::from_str(&text).expect("a document");
    let watch = &document["paths"]["/v1/notes/events"]["get"];
    assert_eq!((&watch["x-most-open"], &watch["x-open-seconds"]), (&2.into(), &600.0.into()));
    let answer = &watch["responses"]["200"];
    assert!(answer["description"].as_str().expect("a text").contains("Server-sent events"));
    let schema = &answer["content"]["text/event-stream"]["schema"];
    assert!(schema.to_string().contains("#/components/schemas/NoteView"), "{schema}");
    assert!(answer["headers"].get("ETag").is_none(), "{answer}");
    let text = openapi_json_3_2(&Board::API.model(), "v1").expect("a version with events");
    let document: Json = serde_json::from_str(&text).expect("a document");
    let answer = &document["paths"]["/v1/notes/events"]["get"]["responses"]["200"];
    let item = &answer["content"]["text/event-stream"]["itemSchema"];
    assert_eq!(&item["properties"]["data"]["contentSchema"], schema, "{item}");
    let inventory = app(&Feed::default(), &Clock::manual(START)).build().expect("one").inventory();
    for text in ["events of", "open 2 per caller", "lasts 600s", "one time: 1000"] {
        assert!(inventory.contains(text), "{inventory}");
    }
}

#[tokio::test]
async fn verify_looks_at_events() {
    let app = Attacked::app().service(Feed::default()).most_open(5).tokens(testing::issuer());
    let verified = testing::verify(app.clock(testing::at("2026-11-30"))).await;
    let all = |check| verified.untested.iter().all(|one| one.check != Some(check));
    let is_tried = |check| verified.kept(check) >= 2 && all(check);
    assert!([Check::Views, Check::AtOnce].into_iter().all(is_tried), "{verified}");
}
