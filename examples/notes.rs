//! Notes that belong to who wrote them: an owned object, an input, two views, a limit, and two tests.

use std::{collections::BTreeMap, error::Error, sync::Mutex};

use secure_api::{
    prelude::*,
    token::{Claims, Signer},
};

#[derive(Role)]
enum Role {
    Writer,
    #[role(includes(Writer))]
    Moderator,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key)]
struct NoteId(Uuid);

/// A note, as its writer and as a moderator see it.
#[derive(Resource, Clone)]
#[view(NoteView, role = Role::Writer, fields(id, text, written_at))]
#[view(NoteDesk, role = Role::Moderator, extends = NoteView, fields(writer))]
struct Note {
    id: NoteId,
    writer: CallerId,
    text: String,
    written_at: Timestamp,
}

#[derive(Input)]
struct NewNote {
    #[input(text, min_len = 1, max_len = 500)]
    text: String,
}

/// The notes. A real API asks a database here, by a pool that reads and one that writes.
#[derive(Default)]
struct Notes(Mutex<BTreeMap<NoteId, Note>>);

impl Store for Notes {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

impl Notes {
    fn with<T>(
        &self,
        work: impl FnOnce(&mut BTreeMap<NoteId, Note>) -> T,
    ) -> Result<T, StoreError> {
        let mut notes = self.0.lock().map_err(|_| "a thread panicked while it wrote")?;
        Ok(work(&mut notes))
    }
}

/// The rule of a note: its writer may do everything with it, a moderator may read and remove it.
#[object(owner = writer, read = Role::Moderator, delete = Role::Moderator)]
impl Object for Note {
    async fn load(
        notes: &Reader<Notes>,
        id: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        notes.with(|notes| notes.get(&id).cloned())
    }
}

/// Writes a note.
#[post("/notes", version = Version::V1.., role = Role::Writer, view(Role::Moderator => NoteDesk, _ => NoteView),
       limit = Limit::per_principal(10).per_minute())]
async fn write_note(
    notes: Writer<Notes>,
    caller: Caller<Role>,
    clock: Clock,
    Json(new): Json<NewNote>,
) -> Result<Created<Authorized<Note>>, NoteError> {
    let id = NoteId::new(Uuid::now_v7());
    let note = Note { id, writer: caller.id().clone(), text: new.text, written_at: clock.now() };
    let note = Authorized::create(note, &caller)?;
    notes.with(|notes| notes.insert(id, (*note).clone()))?;
    Ok(Created::at::<get_note>(id, note))
}

/// Shows a note.
#[get("/notes/{note}", version = Version::V1.., role = Role::Writer, view(Role::Moderator => NoteDesk, _ => NoteView))]
async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}

/// Removes a note.
#[delete("/notes/{note}", version = Version::V1.., role = Role::Writer)]
async fn remove_note(
    notes: Writer<Notes>,
    note: Authorized<Note>,
) -> Result<NoContent, StoreError> {
    notes.with(|notes| notes.remove(&note.id))?;
    Ok(NoContent)
}

#[derive(ApiError, Debug)]
enum NoteError {
    #[problem(transparent)]
    Denied(Denied),
    #[problem(transparent)]
    Store(StoreError),
}

/// Notes.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(120).per_minute(),
      routes(write_note, get_note, remove_note))]
struct NotesApi;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // A key of this process: a real API trusts an authorization server, and signs nothing.
    let made = || rcgen::KeyPair::generate().map(|pair| pair.serialize_pem().into_bytes());
    let signer = Signer::es256_pem(SecretBytes::fetched(made)?, "notes-1")?;
    let issuer = Issuer::new("https://notes.example").audience("notes").roles_claim("roles");
    let app = NotesApi::app().store(Notes::default()).tokens(issuer.key(signer.key())).build()?;

    let address = std::env::var("NOTES_ADDR").unwrap_or("127.0.0.1:8081".into());
    let claims = Claims::new("https://notes.example", "notes", "alice")
        .client_id("notes-cli")
        .roles(["writer"]);
    let token = signer.sign(&claims.lifetime(Duration::from_secs(3600)), &Clock::system())?;
    println!(
        "TOKEN={token}\n\
         curl -i http://{address}/v1/notes -H \"authorization: Bearer $TOKEN\" --json '{{\"text\": \"hush\"}}'"
    );
    Ok(app.serve(&address).await?)
}

#[cfg(test)]
mod tests {
    use secure_api::testing;

    use super::*;

    #[test]
    fn a_note_is_its_writers_and_a_moderator_may_remove_it() {
        let writer = testing::caller_id("alice");
        let (id, written_at) = (NoteId::new(Uuid::nil()), Clock::manual(0).now());
        let note = Note { id, writer, text: "hush".into(), written_at };
        assert!(note.permits(&testing::caller!(Role::Writer, "alice"), Action::Update));
        assert!(!note.permits(&testing::caller!(Role::Writer, "bob"), Action::Read));
        assert!(note.permits(&testing::caller!(Role::Moderator, "carol"), Action::Delete));
    }

    #[tokio::test]
    async fn every_route_keeps_what_it_promises() {
        let app = NotesApi::app().store(Notes::default()).tokens(testing::issuer());
        println!("{}", testing::verify(app).await);
    }

    #[tokio::test]
    async fn nobody_learns_of_a_note_that_is_not_theirs() {
        let app = NotesApi::app().store(Notes::default()).tokens(testing::issuer());
        let app = app.clock(testing::at("2026-12-01"));
        let notes = testing::client(app).expect("an app that starts");
        let alice = notes.as_caller(Role::Writer, "alice");
        let written = alice.post("/v1/notes").json(testing::json!({ "text": "hush" })).await;
        let place = written.assert_status(201).header("location").expect("where it is");
        let shown = alice.get(place).await;
        assert_eq!(shown.assert_status(200).json_pointer("/written_at"), "2026-12-01T00:00:00Z");
        notes.as_caller(Role::Writer, "bob").get(place).await.assert_status(404);
    }
}
