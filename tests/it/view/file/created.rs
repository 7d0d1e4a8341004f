//! A file that was sent and is found again: `Created::at` names the route that sends it.

use secure_api::{clock::Clock, prelude::*};

use super::{Papers, Role, TEXT, Version};
use crate::support::{TestServer, server::START, token};

#[derive(Value, Clone, Copy)]
#[value(unowned = "notes are everybody's")]
struct NoteId(Uuid);

#[derive(Resource)]
#[view(NoteLine, role = Role::Member, fields(letters))]
struct Note {
    letters: u32,
}

/// Sends a note.
#[get("/notes/{note}", version = Version::V1.., role = Role::Member)]
async fn get_note(Unowned(_note): Unowned<NoteId>) -> Download<Papers> {
    Download::new(TEXT, FileKind::PlainText)
}

/// Keeps a note.
#[post("/notes", version = Version::V1.., role = Role::Member, view = NoteLine)]
async fn add_note() -> Created<Note> {
    let id = NoteId::new(Uuid::from_u128(7));
    Created::at::<get_note>(id, Note { letters: TEXT.len() as u32 })
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      allow(unused_role, reason = "guests are of the archive, whose roles these are"), routes(get_note, add_note))]
struct Notes;

// R112
#[tokio::test]
async fn a_file_is_found_where_it_was_created() {
    let clock = Clock::manual(START);
    let app = Notes::app().tokens(token::issuer()).clock(clock.clone()).build().expect("an app");
    let server = TestServer::run(app, Default::default(), clock).await;
    let token = server.token("mary", &["member"]);
    let created = server.send(reqwest::Method::POST, Some(&token), "/v1/notes", "").await;
    assert_eq!(created.status, 201);
    let sent = server.get_as(&token, created.header("location")).await;
    assert_eq!((sent.status, &*sent.body), (200, TEXT));
}
