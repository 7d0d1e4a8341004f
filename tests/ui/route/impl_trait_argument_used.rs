use secure_api::prelude::*;
use std::sync::Mutex;

#[derive(Role)]
pub enum Role {
    Writer,
    #[role(includes(Writer))]
    Moderator,
}

#[derive(Version)]
pub enum Version {
    V1,
}

#[derive(Value, Clone, Copy)]
#[value(key)]
pub struct NoteId(Uuid);

#[derive(Resource)]
#[view(NoteView, role = Role::Writer, fields(id, text))]
#[view(NoteDesk, role = Role::Moderator, extends = NoteView, fields(writer))]
pub struct Note {
    id: NoteId,
    text: String,
    #[sensitive(Role::Moderator)]
    writer: CallerId,
}

#[derive(Default)]
pub struct Notes(Mutex<Vec<String>>);

impl Store for Notes {
    type Read = Mutex<Vec<String>>;
    type Write = Mutex<Vec<String>>;
    fn reader(&self) -> &Self::Read {
        &self.0
    }
    fn writer(&self, _: &Writing) -> &Self::Write {
        &self.0
    }
}

#[object(owner = writer, read = Role::Moderator)]
impl Object for Note {
    async fn load(
        _: &Reader<Notes>,
        _: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

#[derive(Input)]
pub struct NewNote {
    #[input(text, max_len = 500)]
    text: String,
}

#[derive(ApiError)]
pub enum NoteError {
    #[problem(transparent)]
    Denied(Denied),
    #[problem(transparent)]
    Store(StoreError),
}

#[post("/notes", version = Version::V1.., role = Role::Writer, view = NoteView)]
async fn write_note(
    notes: Writer<Notes>,
    caller: Caller<Role>,
    Json(new): Json<NewNote>,
) -> Result<Created<Authorized<Note>>, NoteError> {
    let id = NoteId::new(Uuid::now_v7());
    let note = Note { id, text: new.text, writer: caller.id().clone() };
    let note = Authorized::create(note, &caller)?;
    notes.lock().map_err(|_| StoreError::from("a thread panicked"))?.push(note.text.clone());
    Ok(Created::at::<get_note>(id, note))
}

#[get("/notes/{note}", version = Version::V1.., role = Role::Writer, view(Role::Moderator => NoteDesk, _ => NoteView))]
async fn get_note(note: impl Into<Authorized<Note>>) -> Authorized<Note> {
    note.into()
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(write_note, get_note))]
pub struct NotesApi;

fn main() {
    drop(NotesApi::app());
}
