//! References: an object that a body or a query names is loaded and permitted like one of the path.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use reqwest::Method;
use secure_api::{clock::Clock, object::to, prelude::*};
use serde_json::{Value as Document, json};

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

/// A note: those up to 10 are alice's, then come bob's; there are none from 50 on. 9 is of another tenant. Only its
/// owner may read it, and nobody may change those with an even number.
#[derive(Resource, Clone)]
#[view(NoteView, role = Role::Member, fields(id))]
struct Note {
    id: NoteId,
}

#[derive(Clone, Default)]
struct Db(Arc<AtomicUsize>);

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

impl Object for Note {
    const TENANT: Option<fn(&Self) -> &str> =
        Some(|note| if note.id.0 == 9 { "globex" } else { "acme" });
    type Key = NoteId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();

    async fn load(
        db: &Reader<Db>,
        id: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        db.0.fetch_add(1, Ordering::SeqCst);
        if id.0 == 99 {
            return Err(StoreError::from(std::io::Error::other("the disk is gone")));
        }
        Ok((id.0 < 50).then_some(Self { id }))
    }

    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        let owner = if self.id.0 <= 10 { "alice" } else { "bob" };
        owner == caller.subject() && (action == Action::Read || self.id.0 % 2 == 1)
    }

    fn scope(_: &Caller<Role>) {}
}

/// One level further down.
#[derive(Input)]
struct Envelope {
    inside: Option<Ref<Note>>,
}

#[derive(Input)]
#[input(check = Mail::does_not_attach_itself)]
struct Mail {
    /// The note that is sent.
    note: Ref<Note>,
    #[input(items = 0..=5)]
    attached: Vec<Ref<Note>>,
    envelope: Option<Envelope>,
    #[input(max_len = 5)]
    stamp: Option<String>,
}

impl Mail {
    /// Checks a rule across fields, which sees the objects themselves.
    fn does_not_attach_itself(&self) -> Result<(), InvalidValue> {
        match self.attached.iter().any(|other| other.id == self.note.id) {
            true => Err(InvalidValue::new("attached", "it is what is sent").at("attached")),
            false => Ok(()),
        }
    }
}

#[derive(Resource)]
#[view(SentView, role = Role::Member, fields(notes))]
struct Sent {
    notes: Vec<NoteId>,
}

/// Mails notes.
#[post("/mails", version = Version::V1, role = Role::Member, view = SentView)]
async fn mail(Json(mail): Json<Mail>) -> Performed<Sent> {
    drop(mail.stamp);
    let inside = mail.envelope.and_then(|envelope| envelope.inside);
    let notes = mail.attached.iter().chain(inside.as_ref());
    let notes = std::iter::once(&mail.note).chain(notes).map(|note| note.id).collect();
    Performed(Sent { notes })
}

#[derive(Input)]
struct Merge {
    into: Option<Ref<Note, to::Update>>,
}

/// Merges a note into another one.
#[patch("/notes/{note}", version = Version::V1, role = Role::Member, view = NoteView)]
async fn merge(
    Patch(change): Patch<Merge>,
    note: Authorized<Note>,
) -> Result<Authorized<Note>, StoreError> {
    drop(change.into);
    Ok(note)
}

#[derive(Input)]
struct Like {
    like: Ref<Note>,
}

/// Shows the note that others are like.
#[get("/alike", version = Version::V1, role = Role::Member, view = NoteView)]
async fn alike(Query(query): Query<Like>) -> Ref<Note> {
    query.like
}

/// Notes that know each other.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(), tenants,
      routes(mail, merge, alike))]
struct Notes;

async fn start() -> (TestServer, String, Db) {
    let (clock, db) = (Clock::manual(START), Db::default());
    let issuer = token::issuer().tenant_claim("org_id");
    let app = Notes::app().store(db.clone()).tokens(issuer).clock(clock.clone());
    let server = TestServer::run(app.build().expect("an app"), Depot::default(), clock).await;
    let claims = token::claims("alice", &["member"]).claim("org_id", "acme");
    let token = token::sign(&claims, &server.clock);
    (server, token, db)
}

async fn send(server: &TestServer, token: &str, body: Document) -> Answer {
    Answer::of(server.request(Method::POST, "/v1/mails").bearer_auth(token).json(&body)).await
}

// R35
#[tokio::test]
async fn a_handler_gets_the_objects_that_a_body_names_each_loaded_once() {
    let (server, token, db) = start().await;
    let body = json!({ "note": 1, "attached": [2, 3, 2], "envelope": { "inside": 3 } });
    let answer = send(&server, &token, body).await;
    assert_eq!((answer.status, answer.json()), (200, json!({ "notes": [1, 2, 3, 2, 3] })));
    assert_eq!(db.0.load(Ordering::SeqCst), 3);
}

// R35 R36 R37
#[tokio::test]
async fn not_yours_and_not_there_are_one_mistake_at_the_fields_place() {
    let log = Log::capture();
    let (server, token, _) = start().await;
    for place in ["/note", "/attached/1", "/envelope/inside"] {
        let body = |number: u64| {
            let mut body = json!({ "note": 1, "attached": [2, 3], "envelope": { "inside": 4 } });
            *body.pointer_mut(place).expect("a place") = number.into();
            body
        };
        let [bobs, nobodys, others] = [
            send(&server, &token, body(11)),
            send(&server, &token, body(60)),
            send(&server, &token, body(9)),
        ];
        let (bobs, nobodys, others) = (bobs.await, nobodys.await, others.await);
        let problem = bobs.is_problem(422);
        assert_eq!(problem["errors"][0]["pointer"], place);
        assert_eq!(problem["errors"][0]["code"], "reference");
        assert_eq!(bobs.body, nobodys.body);
        assert_eq!(bobs.body, others.body);
    }
    assert_eq!(log.lines_with(&["authz_fail", "the rule of"]).len(), 3);
    assert_eq!(log.lines_with(&["authz_fail", "of another tenant"]).len(), 3);
}

// R35
#[tokio::test]
async fn nothing_is_loaded_for_an_input_with_another_mistake() {
    let (server, token, db) = start().await;
    for body in [
        json!({ "note": 1, "attached": [], "stamp": "far too long" }),
        json!({ "note": 1, "attached": [2, 2, 2, 2, 2, 2] }),
        json!({ "note": 1, "attached": [101] }),
        json!({ "note": "1", "attached": [2] }),
    ] {
        send(&server, &token, body).await.is_problem(422);
    }
    assert_eq!(db.0.load(Ordering::SeqCst), 0);
    let body = json!({ "note": 1, "attached": [1] });
    let problem = send(&server, &token, body).await.is_problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "/attached");
    send(&server, &token, json!({ "note": 99, "attached": [] })).await.is_problem(503);
}

// R35
#[tokio::test]
async fn the_rule_is_asked_for_what_the_handler_means_to_do() {
    let (server, token, db) = start().await;
    let patch = async |note: u64, into: u64| {
        let path = format!("/v1/notes/{note}");
        let request = server.request(Method::PATCH, &path).bearer_auth(&token);
        Answer::of(request.json(&json!({ "into": into }))).await
    };
    assert_eq!(patch(1, 3).await.status, 200);
    let problem = patch(1, 2).await.is_problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "/into");
    // What the path names comes first, and nothing else is looked up where it may not be used.
    let before = db.0.load(Ordering::SeqCst);
    patch(11, 3).await.is_problem(404);
    assert_eq!(db.0.load(Ordering::SeqCst), before + 1);
}

// R35
#[tokio::test]
async fn a_query_names_objects_too() {
    let (server, token, _) = start().await;
    let answer = server.get_as(&token, "/v1/alike?like=4").await;
    assert_eq!((answer.status, answer.json()), (200, json!({ "id": 4 })));
    let bobs = server.get_as(&token, "/v1/alike?like=12").await;
    let problem = bobs.is_problem(400);
    assert_eq!(problem["errors"][0]["pointer"], "like");
    assert_eq!(bobs.body, server.get_as(&token, "/v1/alike?like=70").await.body);
}

// R36
#[test]
fn the_document_says_what_a_key_is_of() {
    let document = secure_api::docs::openapi_json(&Notes::API.model(), "v1").expect("a version");
    let document: Document = serde_json::from_str(&document).expect("JSON");
    let note = &document["components"]["schemas"]["Mail"]["properties"]["note"];
    let text = note["description"].as_str().expect("a description");
    assert!(
        text.contains("sent") && text.contains("one `Note` that the caller may read"),
        "{text}"
    );
    assert_eq!(note["maximum"], 100);
}

// R35
#[test]
fn an_input_that_refers_to_something_is_read_by_a_route_alone() {
    let refused = secure_api::input::decode_body::<Like>(br#"{"like": 4}"#);
    assert!(refused.is_err());
}

// R35
#[test]
fn an_app_without_the_store_of_a_reference_does_not_start() {
    let issuer = token::issuer().tenant_claim("org_id");
    let Err(error) = Notes::app().tokens(issuer).build() else { panic!("it starts") };
    assert!(error.to_string().contains("SA011"), "{error}");
}
