//! 201 without a `Location`: what is shown of what was created, each with the proof that its creator may create it.

use secure_api::{clock::Clock, contract, docs::openapi_json, prelude::*, testing, version::Day};
use serde_json::{Value as Parsed, json};

use crate::support::{small, started};

#[derive(Role)]
enum Role {
    Member,
    #[role(includes(Member))]
    Chief,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Clone, Copy)]
#[value(key)]
struct NoteId(Uuid);

#[derive(Resource)]
#[view(NoteView, role = Role::Member, fields(text))]
#[view(FullNote, role = Role::Chief, extends = NoteView, fields(cost))]
struct Note {
    owner: String,
    text: String,
    cost: u32,
}

#[derive(Default)]
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

impl Object for Note {
    type Key = NoteId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();

    async fn load(
        _: &Reader<Db>,
        _: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }

    /// Its owner may create a note, and read none.
    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        self.owner == caller.subject() && action == Action::Create
    }

    fn scope(_: &Caller<Role>) {}
}

#[derive(ApiError)]
enum NoteError {
    #[problem(transparent)]
    Denied(Denied),
}

fn note(caller: &Caller<Role>, text: &str) -> Result<Authorized<Note>, NoteError> {
    let note = Note { owner: caller.subject().to_owned(), text: text.to_owned(), cost: 7 };
    Ok(Authorized::create(note, caller)?)
}

/// Writes two notes. That of mallory becomes another's before it leaves.
#[post("/notes", version = Version::V1.., role = Role::Member, idempotency_key,
       view(Role::Chief => FullNote, _ => NoteView))]
async fn write_notes(
    caller: Caller<Role>,
) -> Result<CreatedWith<Array<Authorized<Note>, 2>>, NoteError> {
    let (one, mut other) = (note(&caller, "one")?, note(&caller, "other")?);
    if caller.subject() == "mallory" {
        other = other.map(|note| Note { owner: "alice".to_owned(), ..note });
    }
    Ok(CreatedWith(Array(vec![one, other])))
}

/// Writes one note.
#[put("/notes", version = Version::V1.., role = Role::Member, view = NoteView)]
async fn write_note(caller: Caller<Role>) -> Result<CreatedWith<Authorized<Note>>, NoteError> {
    Ok(CreatedWith(note(&caller, "one")?))
}

#[derive(ResponseHeaders)]
struct Told {
    /// The number of notes.
    #[header(name = "X-Notes")]
    notes: u32,
}

/// Writes one note, and tells how many there are.
#[post("/notes/told", version = Version::V1.., role = Role::Member, view = NoteView)]
async fn write_told(
    caller: Caller<Role>,
) -> Result<CreatedWith<WithHeaders<Authorized<Note>, Told>>, NoteError> {
    Ok(CreatedWith(WithHeaders(note(&caller, "one")?, Told { notes: 1 })))
}

/// Writes two notes, and tells how many there are.
#[post("/notes/all", version = Version::V1.., role = Role::Member, view = NoteView)]
async fn write_all_told(
    caller: Caller<Role>,
) -> Result<CreatedWith<WithHeaders<Array<Authorized<Note>, 2>, Told>>, NoteError> {
    let notes = Array(vec![note(&caller, "one")?, note(&caller, "other")?]);
    Ok(CreatedWith(WithHeaders(notes, Told { notes: 2 })))
}

/// Writes one note, which is all that was to be done.
#[post("/notes/done", version = Version::V1.., role = Role::Member, view = NoteView)]
async fn write_done(
    caller: Caller<Role>,
) -> Result<CreatedWith<Performed<Authorized<Note>>>, NoteError> {
    Ok(CreatedWith(Performed(note(&caller, "one")?)))
}

/// Draws a number.
#[post("/numbers", version = Version::V1.., role = Role::Member)]
async fn draw() -> CreatedWith<Scalar<u32>> {
    CreatedWith(Scalar(3))
}

/// Notes.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(write_notes, write_note, write_told, write_all_told, write_done, draw))]
struct Notes;

// R111
#[tokio::test]
async fn a_201_shows_what_its_caller_may_create() {
    let api = started(Notes::app().store(Db));
    let write = |caller: &testing::Actor| {
        caller.request("POST", "/v1/notes").header("idempotency-key", "\"0123456789abcdef\"")
    };
    // Nobody may read a note, and whoever made it is told of it.
    let alice = api.as_caller(Role::Member, "alice");
    let shown = write(&alice).await;
    let both = json!([{ "text": "one" }, { "text": "other" }]);
    assert_eq!(shown.assert_status(201).json::<Parsed>(), both);
    assert!(shown.header("location").is_none() && shown.header("etag").is_none());
    let again = write(&alice).await;
    assert_eq!(again.assert_status(201).text(), shown.text());
    assert!(again.header("idempotency-replayed").is_some());
    let one = alice.request("PUT", "/v1/notes").await;
    assert_eq!(one.assert_status(201).json::<Parsed>(), json!({ "text": "one" }));
    // What an answer says besides asks its proof for nothing else.
    for (path, notes) in
        [("/v1/notes/told", Some("1")), ("/v1/notes/all", Some("2")), ("/v1/notes/done", None)]
    {
        let told = alice.request("POST", path).await;
        assert_eq!(told.assert_status(201).header("x-notes"), notes, "{path}");
    }
    assert_eq!(alice.request("POST", "/v1/numbers").await.assert_status(201).text(), "3");
    let full = json!([{ "text": "one", "cost": 7 }, { "text": "other", "cost": 7 }]);
    let chief = write(&api.as_caller(Role::Chief, "cleo")).await;
    assert_eq!(chief.assert_status(201).json::<Parsed>(), full);
    // One that its caller may not create takes all with it.
    let mallory = write(&api.as_caller(Role::Member, "mallory")).await;
    assert!(!mallory.assert_status(403).text().contains("one"));
}

#[tokio::test]
async fn documents_have_its_schema_and_no_location_and_verify_looks_at_it() {
    let text = openapi_json(&Notes::API.model(), "v1").expect("a version");
    let document: Parsed = serde_json::from_str(&text).expect("a document");
    let answers = |path: &str, verb: &str| document["paths"][path][verb]["responses"].clone();
    for (path, verb) in [("/v1/notes", "post"), ("/v1/notes", "put"), ("/v1/numbers", "post")] {
        let answers = answers(path, verb);
        assert!(answers["201"]["content"]["application/json"]["schema"].is_object(), "{answers}");
        assert!(answers["200"].is_null(), "{answers}");
        assert!(answers["201"]["headers"]["Location"].is_null(), "{answers}");
    }
    let schema = &answers("/v1/notes", "post")["201"]["content"]["application/json"]["schema"];
    assert_eq!(schema["maxItems"], 2);
    // A repetition shows what was kept, so nothing can be gone.
    assert!(answers("/v1/notes", "post")["404"].is_null());
    let verified = testing::verify(small(Notes::app().store(Db))).await;
    assert!(verified.broken.is_empty(), "{verified}");
}

/// The same API, with an address that a client follows.
mod located {
    use super::*;

    #[derive(Value)]
    #[value(text, max_len = 9, unowned = "numbers are for everybody")]
    struct NumberId(String);

    #[derive(Resource)]
    #[view(NumberView, role = Role::Member, fields(number))]
    struct Number {
        number: u32,
    }

    /// Shows a number.
    #[get("/numbers/{id}", version = Version::V1.., role = Role::Member, view = NumberView)]
    async fn get_number(id: Unowned<NumberId>) -> Option<Number> {
        (id.0.as_str() == "1").then_some(Number { number: 3 })
    }

    mod told {
        use super::*;

        /// Draws a number.
        #[post("/numbers", version = Version::V1.., role = Role::Member, view = NumberView)]
        pub(super) async fn draw() -> Result<Created<Number>, StoreError> {
            let id = NumberId::new("1".to_owned())?;
            Ok(Created::at::<get_number>(id, Number { number: 3 }))
        }
    }

    mod untold {
        use super::*;

        /// Draws a number.
        #[post("/numbers", version = Version::V1.., role = Role::Member, view = NumberView)]
        pub(super) async fn draw() -> CreatedWith<Number> {
            CreatedWith(Number { number: 3 })
        }
    }

    /// Numbers.
    #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
          routes(get_number, told::draw))]
    struct Told;

    /// Numbers.
    #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
          routes(get_number, untold::draw))]
    struct Untold;

    #[test]
    fn a_location_that_is_gone_breaks_clients() {
        let told = openapi_json(&Told::API.model(), "v1").expect("a version");
        let untold = openapi_json(&Untold::API.model(), "v1").expect("a version");
        let today = Day::at(&Clock::manual(1_780_272_000));
        let removed = |old: &str, new: &str| {
            let report = contract::diff(old, new, today).expect("two documents");
            let found = |one: &contract::Finding| one.rule.ends_with("response-header-removed");
            report.findings.iter().any(found)
        };
        assert!(removed(&told, &untold));
        assert!(!removed(&untold, &told));
    }
}
