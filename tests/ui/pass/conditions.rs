//! `#[cfg(…)]` and `#[cfg_attr(…)]` on fields, variants, inputs, views, and on what a view lists.

use crate::shop::{BROWSE, Role, Version};
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(
    text,
    #[cfg(test)] here,
    #[cfg(not(test))] gone,
    #[cfg(all(test, not(any())))] #[cfg(test)] #[since(Version::V2)] later = here,
    #[cfg(not(test))] size = Note::missing,
    #[cfg(test)] size = Note::size,
    #[cfg(test)] #[max_items(3)] parts as PartView,
    #[cfg(not(test))] parts as Missing,
))]
#[cfg_attr(test, view(NoteSheet, role = Role::Support, extends = NoteView, fields(secret)))]
#[cfg_attr(not(test), view(NoteGone, role = Role::Support, fields(gone)))]
struct Note {
    text: String,
    #[cfg(test)]
    here: u32,
    #[cfg(not(test))]
    gone: Unknown,
    #[cfg_attr(test, sensitive(Role::Support))]
    #[cfg_attr(not(test), sensitive(Role::Nobody))]
    secret: u32,
    parts: Vec<Part>,
}

impl Note {
    fn size(&self) -> u32 {
        self.text.len() as u32 + self.here
    }
}

#[cfg_attr(test, derive(Resource), resource(tag = "kind"))]
#[cfg_attr(test, view(PartView, role = Role::Customer, variants(
    Here { #[cfg(test)] text, #[cfg(not(test))] gone },
    #[cfg(not(test))] Gone { text },
    #[cfg(test)] There,
)))]
enum Part {
    Here {
        text: String,
        #[cfg(not(test))]
        gone: Unknown,
    },
    #[cfg(not(test))]
    Gone(Unknown),
    #[cfg(test)]
    #[cfg_attr(test, resource(name = "over-there"))]
    There,
}

#[derive(Input)]
struct NewNote {
    #[cfg_attr(test, input(max_len = 9))]
    text: String,
    #[cfg(not(test))]
    gone: Unknown,
    #[cfg(test)]
    #[input(range = 0..=9)]
    here: u32,
    how: How,
}

#[derive(Input)]
#[cfg_attr(test, input(tag = "kind"))]
enum How {
    Plain,
    #[cfg(not(test))]
    Gone {
        gone: Unknown,
    },
    #[cfg(test)]
    Boxed {
        #[cfg(test)]
        #[input(range = 0..=9)]
        size: u32,
    },
}

#[cfg(not(test))]
#[get("/notes", version = Version::V1.., role = Role::Customer, view = NoteGone)]
async fn list_notes() -> Unknown {}

#[cfg_attr(test, get("/notes", version = Version::V1.., role = Role::Customer, view(Role::Support => NoteSheet, _ => NoteView)))]
#[cfg_attr(not(test), expect(dead_code))]
async fn list_notes() -> Page<Note> {
    Page::new(Vec::new())
}

#[post("/notes", version = Version::V1.., role = Role::Customer, view = NoteView)]
async fn add_note(Json(new): Json<NewNote>) -> Performed<Note> {
    let parts = match new.how {
        How::Plain => vec![Part::Here { text: String::new() }, Part::There],
        How::Boxed { size } => Vec::with_capacity(size as usize),
    };
    Performed(Note { text: new.text, here: new.here, secret: 1, parts })
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(
    #[cfg(test)] list_notes,
    #[cfg(not(test))] nothing,
    add_note,
))]
struct Notes;

#[test]
fn what_is_there_is_what_its_condition_says() {
    let view = <NoteSheet as secure_api::view::View>::INFO;
    let names: Vec<_> = (view.fields)().iter().map(|field| field.name).collect();
    assert_eq!(names, ["text", "here", "later", "size", "parts", "secret"]);
    let parts = <PartView as secure_api::view::View>::INFO.variants.expect("an enum");
    let names: Vec<_> =
        parts.all.iter().map(|variant| (variant.name, variant.names.len())).collect();
    assert_eq!(names, [("here", 1), ("over-there", 0)]);
    let names: Vec<_> =
        <NewNote as secure_api::input::Input>::FIELDS.iter().map(|field| field.name).collect();
    assert_eq!(names, ["text", "here", "how"]);
    assert_eq!(Notes::API.routes().count(), 2);
}
