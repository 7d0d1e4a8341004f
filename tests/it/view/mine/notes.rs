//! Notes, each of which shows more to its owner.

use secure_api::prelude::*;

use crate::support::{Shelf, token};

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
    pub(crate) id: NoteId,
    pub(crate) text: String,
    pub(crate) draft: String,
    #[sensitive(Role::Desk)]
    pub(crate) flags: u32,
    pub(crate) owner: Option<CallerId>,
}

pub(crate) type Drawer = Shelf<NoteId, Note>;

/// Puts a note into its place.
pub(crate) fn put(drawer: &Drawer, id: u64, owner: Option<&str>) {
    let id = NoteId::new(id).expect("an id");
    let (text, draft) = ("hi".to_owned(), "psst".to_owned());
    let note = Note { id, text, draft, flags: 3, owner: owner.map(token::id) };
    drawer.things().insert(id, note);
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
        Ok(drawer.things().get(&key).cloned())
    }

    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        self.text != "closed"
    }

    fn scope(_: &Caller<Role>) {}
}

/// Lists notes.
#[get("/notes", version = Version::V1.., role = Role::Member,
      view(mine => NoteOwn, Role::Desk => NoteDesk, _ => NoteLine))]
pub(crate) async fn list_notes(
    drawer: Reader<Drawer>,
    notes: Scoped<Note>,
) -> Page<Authorized<Note>> {
    notes.page(drawer.things().values().cloned().collect())
}

/// Shows a note.
#[get("/notes/{note}", version = Version::V1.., role = Role::Member,
      view(mine => NoteOwn, Role::Desk => NoteDesk, _ => NoteLine))]
pub(crate) async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}

/// Shows a note to the desk as the desk sees it, also its own.
#[get("/desk/{note}", version = Version::V1.., role = Role::Member,
      view(Role::Desk => NoteDesk, mine => NoteOwn, _ => NoteLine))]
pub(crate) async fn get_at_desk(note: Authorized<Note>) -> Authorized<Note> {
    note
}

/// Shows the caller's first note.
#[get("/me", version = Version::V1.., role = Role::Member, view(mine => NoteOwn, _ => NoteLine))]
pub(crate) async fn get_mine(
    drawer: Reader<Drawer>,
    caller: Caller<Role>,
    notes: Scoped<Note>,
) -> Option<Authorized<Note>> {
    let drawer = drawer.things();
    notes.one(drawer.values().find(|note| note.owner.as_ref() == Some(caller.id())).cloned())
}

/// Removes a note.
#[delete("/notes/{note}", version = Version::V1.., role = Role::Member, if_match = get_note)]
pub(crate) async fn remove_note(note: Authorized<Note>, drawer: Writer<Drawer>) -> NoContent {
    drawer.things().remove(&note.id);
    NoContent
}

/// Pins a note.
#[post("/notes/{note}/pin", version = Version::V1.., role = Role::Member, idempotency_key,
       view(mine => NoteOwn, _ => NoteLine))]
pub(crate) async fn pin_note(note: Authorized<Note>) -> Performed<Authorized<Note>> {
    Performed(note)
}

/// Copies a note.
#[post("/notes/{note}/copy", version = Version::V1.., role = Role::Member, idempotency_key,
       view(mine => NoteOwn, _ => NoteLine))]
pub(crate) async fn copy_note(
    note: Authorized<Note>,
    caller: Caller<Role>,
    drawer: Writer<Drawer>,
) -> Result<Created<Authorized<Note>>, Denied> {
    let mut drawer = drawer.things();
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
pub(crate) struct Notes;
