//! project-name: notes that belong to who wrote them.
//!
//! `cargo api` serves, `cargo api --help` lists what else it tells of itself.

use std::{
    collections::BTreeMap,
    error::Error,
    fs::{self, File},
    io::Write,
    path::Path,
    process::ExitCode,
    sync::Mutex,
};

use secure_api::{
    app::AppBuilder,
    cli::{ServeOptions, TokenRequest},
    prelude::*,
    token::{Claims, Signer},
};

/// The name of this API in `aud` of tokens for it.
const AUDIENCE: &str = "project-name";

/// The issuer of tokens for development, whose name is nobody's.
const DEVELOPMENT: &str = "https://development.example";

#[derive(Role)]
enum Role {
    /// Writes notes, and sees their own.
    Writer,
    /// Reads and removes everybody's.
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
    /// Its id.
    id: NoteId,
    /// The caller who wrote it.
    writer: CallerId,
    /// Its text.
    text: String,
    /// The time at which it was written.
    written_at: Timestamp,
}

/// A note that is to be written.
#[derive(Input)]
struct NewNote {
    /// Its text.
    #[input(text, min_len = 1, max_len = 500)]
    text: String,
}

/// The notes, for as long as the program runs. A database has two halves too: a pool that reads, and one that writes.
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

/// Notes that belong to who wrote them.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(120).per_minute(),
      routes(write_note, get_note, remove_note))]
struct ProjectApi;

#[tokio::main]
async fn main() -> ExitCode {
    secure_api::observe::init();
    secure_api::cli(ProjectApi::app).called("cargo api").serve(serve).token(token).run().await
}

/// Serves until the process is told to stop.
async fn serve(app: AppBuilder, options: ServeOptions) -> Result<(), Box<dyn Error>> {
    let app = app.store(Notes::default()).tokens(issuer()?).build()?;
    let bound = app.bind(options.addr).await?;
    eprintln!("http://{}/docs", bound.local_addr());
    bound.run(secure_api::serve::shutdown_signal()).await;
    Ok(())
}

/// Returns the issuer whose tokens are taken: your identity provider, by its address in `ISSUER`. Without one a debug build takes
/// those that `cargo api token` signs.
fn issuer() -> Result<Issuer, Box<dyn Error>> {
    let issuer = match std::env::var("ISSUER") {
        Ok(address) => Issuer::discover(address),
        Err(_) if cfg!(debug_assertions) => Issuer::new(DEVELOPMENT).key(signer()?.key()),
        Err(_) => return Err("set `ISSUER` to the address of your identity provider".into()),
    };
    Ok(issuer.audience(AUDIENCE).roles_claim("roles"))
}

/// Signs a token for development.
fn token(request: TokenRequest, _: ServeOptions) -> Result<String, Box<dyn Error>> {
    let claims = Claims::new(DEVELOPMENT, AUDIENCE, request.subject)
        .client_id("development")
        .roles(request.roles)
        .scopes(request.scopes)
        .lifetime(request.lifetime);
    Ok(signer()?.sign(&claims, &Clock::system())?)
}

/// Returns the signer of tokens for development, whose key is made at first need.
fn signer() -> Result<Signer, Box<dyn Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("development/key.pem");
    if !file.exists() {
        fs::create_dir_all(file.with_file_name(""))?;
        let key = rcgen::KeyPair::generate()?.serialize_pem();
        File::create_new(&file)?.write_all(key.as_bytes())?;
    }
    Ok(Signer::es256_pem(SecretBytes::file(file), "development")?)
}

#[cfg(test)]
mod tests {
    use secure_api::testing;

    use super::*;

    #[tokio::test]
    async fn a_note_is_its_writers_alone() {
        let app = ProjectApi::app().store(Notes::default()).tokens(testing::issuer());
        let api = testing::client(app).expect("an app that starts");
        let alice = api.as_caller(Role::Writer, "alice");
        let written = alice.post("/v1/notes").json(testing::json!({ "text": "hush" })).await;
        let place = written.assert_status(201).header("location").expect("the place of the note");
        alice.get(place).await.assert_status(200);
        // The same answer as for a note that does not exist.
        api.as_caller(Role::Writer, "bob").get(place).await.assert_status(404);
        api.as_caller(Role::Moderator, "carol").delete(place).await.assert_status(204);
    }

    #[tokio::test]
    async fn a_note_has_bounds() {
        let app = ProjectApi::app().store(Notes::default()).tokens(testing::issuer());
        let api = testing::client(app).expect("an app that starts");
        let alice = api.as_caller(Role::Writer, "alice");
        let long = testing::json!({ "text": "a".repeat(501) });
        alice.post("/v1/notes").json(long).await.assert_status(422);
        let unknown = testing::json!({ "text": "hush", "writer": "bob" });
        alice.post("/v1/notes").json(unknown).await.assert_status(422);
    }
}
