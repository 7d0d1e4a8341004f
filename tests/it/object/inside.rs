//! Objects inside of an answer that is nobody's, and objects that are called new: each leaves with a proof that its
//! caller may read it, or not at all.

mod tenant;

use reqwest::Method;
use secure_api::{clock::Clock, prelude::*};
use serde_json::json;

mod kept;

use crate::support::{Answer, Log, TestServer, server::START, store::Db as Depot, token};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[value(key, range = 1..=100)]
struct NoteId(u64);

/// Anybody may write one; only its owner may read it.
#[derive(Resource, Clone)]
#[view(NoteView, role = Role::Member, fields(id, text))]
struct Note {
    id: NoteId,
    owner: CallerId,
    text: String,
}

struct Db;

impl Store for Db {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

impl Db {
    fn note(id: u64) -> Note {
        let owner = if id < 10 { "alice" } else { "bob" };
        Note { id: NoteId(id), owner: token::id(owner), text: format!("{owner}'s") }
    }
}

impl Object for Note {
    type Key = NoteId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();

    async fn load(
        _: &Reader<Db>,
        id: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(Some(Db::note(id.0)))
    }

    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        action == Action::Create || self.owner == *caller.id()
    }

    fn scope(_: &Caller<Role>) {}
}

/// The first page that a caller sees. It belongs to nobody.
#[derive(Resource)]
#[view(DashboardView, role = Role::Member, fields(hello, notes as NoteView, newest = Dashboard::newest as NoteView))]
struct Dashboard {
    hello: String,
    notes: Vec<Authorized<Note>>,
}

impl Dashboard {
    fn newest(&self) -> Option<&Authorized<Note>> {
        self.notes.last()
    }
}

/// Shows notes, carelessly: those of all.
#[get("/dashboard", version = Version::V1, role = Role::Member, view = DashboardView)]
async fn dashboard(notes: Scoped<Note>) -> Dashboard {
    let notes = notes.prove([1, 11, 2, 12].map(Db::note).into());
    Dashboard { hello: "Hello".to_owned(), notes }
}

/// Shows a note that became another's on the way.
#[get("/exchanged", version = Version::V1, role = Role::Member, view = DashboardView)]
async fn exchanged(notes: Scoped<Note>) -> Dashboard {
    let notes = notes.prove(vec![Db::note(1)]).into_iter();
    Dashboard {
        hello: "Hello".to_owned(),
        notes: notes.map(|note| note.replace(Db::note(11))).collect(),
    }
}

/// Shows a note.
#[get("/notes/{note}", version = Version::V1, role = Role::Member, view = NoteView)]
async fn show(note: Authorized<Note>) -> Authorized<Note> {
    note
}

/// Shows a note of somebody else, which it calls new.
#[get("/stolen/{id}", version = Version::V1, role = Role::Member, view = NoteView)]
async fn steal(id: Unowned<Number>, caller: Caller<Role>) -> Result<Authorized<Note>, Denied> {
    Authorized::create(Db::note(id.0.0), &caller)
}

/// Shows the same, inside of something.
#[get("/stolen-inside", version = Version::V1, role = Role::Member, view = DashboardView)]
async fn steal_inside(caller: Caller<Role>) -> Result<Dashboard, Denied> {
    let notes = vec![Authorized::create(Db::note(11), &caller)?];
    Ok(Dashboard { hello: "Hello".to_owned(), notes })
}

/// Shows the same, as the answer of an action.
#[post("/stolen", version = Version::V1, role = Role::Member, view = NoteView)]
async fn perform(caller: Caller<Role>) -> Result<Performed<Authorized<Note>>, Denied> {
    Authorized::create(Db::note(11), &caller).map(Performed)
}

/// Writes a note into somebody's box: its writer sees it once.
#[post("/notes", version = Version::V1, role = Role::Member, view = NoteView)]
async fn write(caller: Caller<Role>) -> Result<Created<Authorized<Note>>, Denied> {
    Authorized::create(Db::note(11), &caller).map(|note| Created::at::<show>(note.id, note))
}

#[derive(Value, Clone, Copy)]
#[value(range = 1..=100, unowned = "an example is for everybody")]
struct Number(u64);

/// Notes.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(),
      routes(dashboard, exchanged, show, steal, steal_inside, perform, write))]
struct Notes;

async fn start() -> (TestServer, String) {
    let clock = Clock::manual(START);
    let app = Notes::app().store(Db).tokens(token::issuer()).clock(clock.clone());
    let server = TestServer::run(app.build().expect("an app"), Depot::default(), clock).await;
    let token = server.token("alice", &["member"]);
    (server, token)
}

// R31 R105
#[tokio::test]
async fn what_is_shown_inside_is_asked_like_what_is_shown() {
    let log = Log::capture();
    let (server, token) = start().await;
    let answer = server.get_as(&token, "/v1/dashboard").await;
    let note = |id: u64| json!({ "id": id, "text": "alice's" });
    let expected = json!({ "hello": "Hello", "notes": [note(1), note(2)], "newest": note(2) });
    assert_eq!((answer.status, answer.json()), (200, expected));
    assert_eq!(log.lines_with(&["a scoped query found rows", "rows=2"]).len(), 1);
    let answer = server.get_as(&token, "/v1/exchanged").await;
    answer.is_problem(500);
    assert!(!answer.body.contains("bob"), "{answer:#?}");
}

// R31: who may create may not for that reason read.
#[tokio::test]
async fn what_is_called_new_is_no_proof_that_it_may_be_read() {
    let (server, token) = start().await;
    assert_eq!(server.get_as(&token, "/v1/stolen/1").await.status, 200, "it is alice's");
    for path in ["/v1/stolen/11", "/v1/notes/11"] {
        server.get_as(&token, path).await.is_problem(404);
    }
    server.get_as(&token, "/v1/stolen-inside").await.is_problem(500);
    let post =
        async |path: &str| Answer::of(server.request(Method::POST, path).bearer_auth(&token)).await;
    post("/v1/stolen").await.is_problem(404);
    assert_eq!(post("/v1/notes").await.status, 201);
}
