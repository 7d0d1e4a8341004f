//! Header fields of a handler's own: documented, readable by pages, and never more than one line.

use reqwest::Method;
use secure_api::{clock::Clock, prelude::*};
use serde_json::{Value as Json, json};

use crate::support::{Answer, Log, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value)]
#[value(max_len = 200, unowned = "words are everybody's")]
struct Word(String);

#[derive(Resource)]
#[view(SongView, role = Role::Member, fields(title))]
struct Song {
    title: String,
}

#[derive(Value)]
enum Mood {
    Glad,
}

#[derive(ResponseHeaders)]
struct Counted {
    /// The number of songs on all pages.
    #[header(name = "X-Total-Count")]
    total: u64,
    #[header(max_len = 10)]
    first_word: String,
    /// The mood.
    mood: Option<Mood>,
}

impl Counted {
    fn of(word: &str) -> Self {
        // A path has none of these, and a title that somebody typed may.
        let first = match word {
            "split" => "a\r\nb: c",
            "padded" => " a",
            other => other,
        };
        Self {
            total: 3,
            first_word: first.to_owned(),
            mood: (word == "glad").then_some(Mood::Glad),
        }
    }
}

/// Lists songs.
#[get("/songs/{word}", version = Version::V1.., role = Role::Member, view = SongView)]
async fn list_songs(Unowned(word): Unowned<Word>) -> WithHeaders<Page<Song>, Counted> {
    let songs = vec![Song { title: "Ode".to_owned() }];
    WithHeaders(Page::new(songs), Counted::of(word.as_str()))
}

/// Sings.
#[post("/songs/{word}", version = Version::V1.., role = Role::Member, idempotency_key)]
async fn sing(Unowned(word): Unowned<Word>) -> Result<WithHeaders<Accepted, Counted>, StoreError> {
    Ok(WithHeaders(Accepted, Counted::of(word.as_str())))
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(list_songs, sing))]
struct Choir;

const PAGE: &str = "https://app.example";

async fn choir() -> (TestServer, String, Json, String) {
    let clock = Clock::manual(START);
    let app = Choir::app().tokens(token::issuer()).clock(clock.clone()).cors([PAGE]);
    let app = app.docs(Docs::open("tests read the documents")).build().expect("an app");
    let inventory = app.inventory();
    let text = secure_api::docs::openapi_json(&Choir::API.model(), "v1").expect("a version");
    let document = serde_json::from_str(&text).expect("a document");
    let server = TestServer::run(app, Default::default(), clock).await;
    let alice = server.token("alice", &["member"]);
    (server, alice, document, inventory)
}

// Fields beside the answer, with the type that was declared.
#[tokio::test]
async fn a_handler_answers_with_header_fields_of_its_own() {
    let (server, alice, ..) = choir().await;
    let answer = server.get_as(&alice, "/v1/songs/ode").await;
    assert_eq!((answer.status, answer.json()), (200, json!({"items": [{"title": "Ode"}]})));
    assert_eq!((answer.header("x-total-count"), answer.header("first-word")), ("3", "ode"));
    assert_eq!(answer.maybe_header("mood"), None);
    answer.has_security_headers();
    assert_eq!(server.get_as(&alice, "/v1/songs/glad").await.header("mood"), "glad");
    let tag = answer.header("etag");
    let known = server.request(Method::GET, "/v1/songs/ode").bearer_auth(&alice);
    let known = Answer::of(known.header("if-none-match", tag)).await;
    assert_eq!((known.status, known.header("x-total-count")), (304, "3"));
    let refused = server.get("/v1/songs/ode").await;
    assert_eq!((refused.status, refused.maybe_header("x-total-count")), (401, None));
}

// What somebody wrote ends no field, and a value is never longer than its document says.
#[tokio::test]
async fn a_value_that_is_no_line_is_a_failure() {
    let (server, alice, ..) = choir().await;
    let log = Log::capture();
    for word in ["a%C3%A4", "12345678901", "split", "padded"] {
        let answer = server.get_as(&alice, &format!("/v1/songs/{word}")).await;
        answer.is_problem(500);
        for name in ["x-total-count", "first-word", "b"] {
            assert_eq!(answer.maybe_header(name), None, "{word}");
        }
    }
    let lines = log.lines_with(&["First-Word", "longer than its document says"]);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    let lines = log.lines_with(&["First-Word", "no line of visible ASCII"]);
    assert_eq!(lines.len(), 3, "{lines:#?}");
}

// R114: a page of another origin that may read the answer may read them too.
#[tokio::test]
async fn a_page_may_read_them() {
    let (server, alice, ..) = choir().await;
    let asked = server.request(Method::GET, "/v1/songs/ode").bearer_auth(&alice);
    let answer = Answer::of(asked.header("origin", PAGE)).await;
    let exposed = answer.header("access-control-expose-headers");
    for name in ["x-total-count", "first-word"] {
        assert!(exposed.split(", ").any(|one| one == name), "{exposed}");
    }
}

// The documents and the inventory tell of them.
#[tokio::test]
async fn documents_and_inventory_tell_of_them() {
    let (_server, _, document, inventory) = choir().await;
    let headers = &document["paths"]["/v1/songs/{word}"]["get"]["responses"]["200"]["headers"];
    assert_eq!(headers["X-Total-Count"]["description"], "The number of songs on all pages.");
    assert_eq!(headers["X-Total-Count"]["schema"]["type"], "integer");
    assert_eq!(headers["First-Word"]["schema"]["maxLength"], 10);
    assert_eq!(headers["Mood"]["description"], "The mood. Not always there.");
    assert_eq!(headers["Mood"]["schema"]["enum"], json!(["glad"]));
    let posted = &document["paths"]["/v1/songs/{word}"]["post"]["responses"]["202"]["headers"];
    assert!(posted["X-Total-Count"].is_object());
    let line = "answers with X-Total-Count and First-Word and Mood";
    assert!(inventory.contains(line), "{inventory}");
}

// Who asks again by the same key has them again.
#[tokio::test]
async fn a_repetition_has_them_again() {
    let (server, alice, ..) = choir().await;
    for again in [false, true] {
        let sent = server.request(Method::POST, "/v1/songs/ode").bearer_auth(&alice);
        let answer = Answer::of(sent.header("idempotency-key", "\"0123456789abcdef\"")).await;
        assert_eq!((answer.status, answer.header("x-total-count")), (202, "3"));
        assert_eq!(answer.maybe_header("idempotency-replayed").is_some(), again);
    }
}
