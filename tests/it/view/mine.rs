//! Views by relation: the owner of a note sees more of it than others do, row by row.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use reqwest::Method;
use secure_api::{clock::Clock, inventory, prelude::*};
use serde_json::{Value, json};

use crate::support::{Answer, TestServer, server::START, token};

#[derive(Role)]
pub(crate) enum Role {
    Member,
    #[role(includes(Member))]
    Desk,
}

#[derive(Version)]
pub(crate) enum Version {
    V1,
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key, range = 1..=1000)]
pub(crate) struct NoteId(u64);

/// A note.
#[derive(Resource, Debug, Clone)]
#[view(NoteLine, role = Role::Member, fields(id, text))]
#[view(NoteOwn, role = Role::Member, extends = NoteLine, fields(draft))]
#[view(NoteDesk, role = Role::Desk, extends = NoteLine, fields(flags))]
pub(crate) struct Note {
    id: NoteId,
    text: String,
    draft: String,
    #[sensitive(Role::Desk)]
    flags: u32,
    owner: Option<CallerId>,
}

#[derive(Clone, Default)]
pub(crate) struct Drawer(Arc<Mutex<BTreeMap<NoteId, Note>>>);

impl Drawer {
    fn put(&self, id: u64, owner: Option<&str>) {
        let id = NoteId::new(id).expect("an id");
        let (text, draft) = ("hi".to_owned(), "psst".to_owned());
        let note = Note { id, text, draft, flags: 3, owner: owner.map(token::id) };
        self.0.lock().expect("no panic under the lock").insert(id, note);
    }
}

impl Store for Drawer {
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
    type Key = NoteId;
    type Store = Drawer;
    type Roles = Role;
    type Scope = ();
    const OWNER: Option<fn(&Self) -> Option<&CallerId>> = Some(|note| note.owner.as_ref());

    async fn load(
        drawer: &Reader<Drawer>,
        key: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(drawer.0.lock().expect("no panic under the lock").get(&key).cloned())
    }

    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        self.text != "closed"
    }

    fn scope(_: &Caller<Role>) {}
}

/// Lists notes.
#[get("/notes", version = Version::V1.., role = Role::Member,
      view(mine => NoteOwn, Role::Desk => NoteDesk, _ => NoteLine))]
async fn list_notes(drawer: Reader<Drawer>, notes: Scoped<Note>) -> Page<Authorized<Note>> {
    notes.page(drawer.0.lock().expect("no panic").values().cloned().collect())
}

/// Shows a note.
#[get("/notes/{note}", version = Version::V1.., role = Role::Member,
      view(mine => NoteOwn, Role::Desk => NoteDesk, _ => NoteLine))]
async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}

/// Shows a note to the desk as the desk sees it, also its own.
#[get("/desk/{note}", version = Version::V1.., role = Role::Member,
      view(Role::Desk => NoteDesk, mine => NoteOwn, _ => NoteLine))]
async fn get_at_desk(note: Authorized<Note>) -> Authorized<Note> {
    note
}

/// Shows the caller's first note.
#[get("/me", version = Version::V1.., role = Role::Member, view(mine => NoteOwn, _ => NoteLine))]
async fn get_mine(
    drawer: Reader<Drawer>,
    caller: Caller<Role>,
    notes: Scoped<Note>,
) -> Option<Authorized<Note>> {
    let drawer = drawer.0.lock().expect("no panic");
    notes.one(drawer.values().find(|note| note.owner.as_ref() == Some(caller.id())).cloned())
}

/// Removes a note.
#[delete("/notes/{note}", version = Version::V1.., role = Role::Member, if_match = get_note)]
async fn remove_note(note: Authorized<Note>, drawer: Writer<Drawer>) -> NoContent {
    drawer.0.lock().expect("no panic").remove(&note.id);
    NoContent
}

/// Pins a note.
#[post("/notes/{note}/pin", version = Version::V1.., role = Role::Member, idempotency_key,
       view(mine => NoteOwn, _ => NoteLine))]
async fn pin_note(note: Authorized<Note>) -> Performed<Authorized<Note>> {
    Performed(note)
}

/// Copies a note.
#[post("/notes/{note}/copy", version = Version::V1.., role = Role::Member, idempotency_key,
       view(mine => NoteOwn, _ => NoteLine))]
async fn copy_note(
    note: Authorized<Note>,
    caller: Caller<Role>,
    drawer: Writer<Drawer>,
) -> Result<Created<Authorized<Note>>, Denied> {
    let mut drawer = drawer.0.lock().expect("no panic");
    let id = NoteId::new(drawer.len() as u64 + 1).expect("an id");
    let copy =
        Authorized::create(Note { id, owner: Some(caller.id().clone()), ..note.clone() }, &caller)?;
    drawer.insert(id, copy.clone());
    Ok(Created::at::<get_note>(id, copy))
}

const OPEN: Limit = Limit::per_principal(6000).per_minute();

/// Notes.
#[api(roles = Role, versions = Version, limit = OPEN,
      routes(list_notes, get_note, get_mine, get_at_desk, remove_note, pin_note, copy_note))]
struct Notes;

/// Stocks Alice's note, Bob's and nobody's.
async fn start() -> (TestServer, Drawer) {
    let (drawer, clock) = (Drawer::default(), Clock::manual(START));
    for (id, owner) in [(1, Some("alice")), (2, Some("bob")), (3, None)] {
        drawer.put(id, owner);
    }
    let app = Notes::app().store(drawer.clone()).tokens(token::issuer()).clock(clock.clone());
    let app = app.docs(Docs::open("tests")).build().expect("an app");
    (TestServer::run(app, Default::default(), clock).await, drawer)
}

fn own(id: u64) -> Value {
    json!({ "id": id, "text": "hi", "draft": "psst" })
}

fn desk(id: u64) -> Value {
    json!({ "id": id, "text": "hi", "flags": 3 })
}

fn line(id: u64) -> Value {
    json!({ "id": id, "text": "hi" })
}

// R103: one row's owner is another row's stranger.
#[tokio::test]
async fn each_row_is_shown_by_its_own_relation() {
    let (server, _) = start().await;
    for (subject, role, rows) in [
        ("alice", "member", [own(1), line(2), line(3)]),
        ("bob", "desk", [desk(1), own(2), desk(3)]),
        ("eve", "member", [line(1), line(2), line(3)]),
        ("eve", "desk", [desk(1), desk(2), desk(3)]),
    ] {
        let caller = server.token(subject, &[role]);
        let page = server.get_as(&caller, "/v1/notes").await.json();
        assert_eq!(page, json!({ "items": rows }), "{subject} {role}");
        for (id, row) in rows.iter().enumerate() {
            let one = server.get_as(&caller, &format!("/v1/notes/{}", id + 1)).await.json();
            assert_eq!(one, *row, "{subject} {role}");
        }
    }
    // The first arm that fits wins.
    let bob = server.token("bob", &["desk"]);
    assert_eq!(server.get_as(&bob, "/v1/desk/2").await.json(), desk(2));
    let bob = server.token("bob", &["member"]);
    assert_eq!(server.get_as(&bob, "/v1/desk/2").await.json(), own(2));
}

// R104: a caller names what it may see of some row; a row whose view lacks it omits it.
#[tokio::test]
async fn a_choice_of_fields_is_of_all_views_of_the_caller() {
    let (server, _) = start().await;
    let alice = server.token("alice", &["member"]);
    let page = server.get_as(&alice, "/v1/notes?fields=id,draft").await.json();
    let rows = json!([{ "id": 1, "draft": "psst" }, { "id": 2 }, { "id": 3 }]);
    assert_eq!(page, json!({ "items": rows }));
    assert_eq!(server.get_as(&alice, "/v1/notes/2?fields=draft").await.json(), json!({}));
    for unknown in ["flags", "owner", "nothing"] {
        let path = format!("/v1/notes?fields=id,{unknown}");
        server.get_as(&alice, &path).await.is_problem(400);
    }
    let kim = server.token("kim", &["desk"]);
    assert_eq!(server.get_as(&kim, "/v1/notes/2?fields=flags").await.json(), json!({ "flags": 3 }));
}

// R106 R112: a tag is of the view that this caller has of this very object.
#[tokio::test]
async fn a_tag_is_of_the_view_by_relation() {
    let (server, _) = start().await;
    let (alice, eve) = (server.token("alice", &["member"]), server.token("eve", &["member"]));
    let tag =
        async |token: &str| server.get_as(token, "/v1/notes/1").await.header("etag").to_owned();
    let (owners, others) = (tag(&alice).await, tag(&eve).await);
    assert_ne!(owners, others);
    let remove = async |token: &str, tag: &str| {
        let request = server.request(Method::DELETE, "/v1/notes/1").bearer_auth(token);
        Answer::of(request.header("if-match", tag)).await
    };
    remove(&alice, &others).await.is_problem(412);
    remove(&eve, &owners).await.is_problem(412);
    assert_eq!(remove(&alice, &owners).await.status, 204);
}

// R116: an answer in the owner's view is not given again, since whoever asks may not be the owner by now: of what the path
// names, and of what the handler made.
#[tokio::test]
async fn an_answer_in_the_owners_view_is_not_given_again() {
    let (server, drawer) = start().await;
    let alice = server.token("alice", &["member"]);
    let post = async |path: &str, key: u8| {
        let request = server.request(Method::POST, path).bearer_auth(&alice);
        let key = format!("\"8e03978e-40d5-43dd-bc93-6894a57f93{key:02}\"");
        Answer::of(request.header("idempotency-key", key)).await
    };
    let (pin, copy) = ("/v1/notes/1/pin", "/v1/notes/1/copy");
    let is_done = |answer: &Answer| {
        let document = answer.is_problem(409);
        assert_eq!(document["type"], "urn:problem-type:secure-api:idempotency-done");
        assert!(!answer.body.contains("psst"), "{}", answer.body);
    };
    assert_eq!(post(pin, 1).await.json(), own(1));
    assert_eq!(post(copy, 2).await.json(), own(4));
    is_done(&post(pin, 1).await);
    is_done(&post(copy, 2).await);
    // The copy is given away, and the note of the path is still the caller's.
    drawer.put(4, Some("bob"));
    is_done(&post(copy, 2).await);
    // Nothing was done twice.
    assert_eq!(drawer.0.lock().expect("no panic").len(), 4);
    // The view of everybody else may be shown again, also to who owns it by now.
    drawer.put(1, Some("bob"));
    assert_eq!(post(pin, 3).await.json(), line(1));
    drawer.put(1, Some("alice"));
    let again = post(pin, 3).await;
    assert_eq!((again.json(), again.header("idempotency-replayed")), (line(1), "true"));
}

// R35: one row of the caller's own, without a page; what is not there and what the rule denies look alike.
#[tokio::test]
async fn one_row_of_the_callers_own() {
    let (server, drawer) = start().await;
    let (bob, eve) = (server.token("bob", &["desk"]), server.token("eve", &["member"]));
    assert_eq!(server.get_as(&bob, "/v1/me").await.json(), own(2));
    let nothing = server.get_as(&eve, "/v1/me").await;
    nothing.is_problem(404);
    for note in drawer.0.lock().expect("no panic").values_mut() {
        "closed".clone_into(&mut note.text);
    }
    let denied = server.get_as(&bob, "/v1/me").await;
    denied.is_problem(404);
    assert_eq!(denied.body, nothing.body);
}

// R87: documents and lists tell owners and others apart.
#[tokio::test]
async fn owners_and_others_are_listed_apart() {
    let (server, _) = start().await;
    let document = server.get("/openapi/v1.json").await.json();
    let answer = &document["paths"]["/v1/notes/{note}"]["get"]["responses"]["200"];
    assert_eq!(
        answer["description"],
        "Done, and shown. For the owner: `NoteOwn`. For desk: `NoteDesk`. For everybody else: `NoteLine`."
    );
    let schema = &answer["content"]["application/json"]["schema"]["anyOf"];
    assert_eq!(schema.as_array().map(Vec::len), Some(3), "{answer}");
    let model = Notes::API.model();
    let seen = |name: &str, caller: &str| {
        let found = model.operations.iter().find(|operation| operation.name == name);
        let sees = found.expect("an operation").sees(&model);
        let seen = sees.iter().find(|seen| seen.caller == caller).expect("a caller");
        (seen.own, seen.view)
    };
    assert_eq!(seen("get_note", "member"), (Some("NoteOwn"), Some("NoteLine")));
    assert_eq!(seen("get_note", "desk"), (Some("NoteOwn"), Some("NoteDesk")));
    assert_eq!(seen("get_at_desk", "desk"), (Some("NoteDesk"), Some("NoteDesk")));
    assert_eq!(seen("remove_note", "member"), (None, None));
    let matrix = inventory::matrix(&model);
    let lines: Vec<Vec<&str>> = matrix
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    for line in [
        &["verb", "path", "anonymous", "member, own", "member, other", "desk, own", "desk, other"]
            [..],
        &["GET", "/v1/notes/{note}", "-", "NoteOwn", "NoteLine", "NoteOwn", "NoteDesk"],
        &["DELETE", "/v1/notes/{note}", "-", "yes", "yes", "yes", "yes"],
    ] {
        assert!(lines.iter().any(|other| other == line), "no {line:?} in {matrix}");
    }
}
