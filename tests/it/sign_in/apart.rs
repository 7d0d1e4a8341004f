//! An API with handlers that only read, and ask for what signs somebody in or out as if it were a service.

use secure_api::{
    identity::Revocations,
    prelude::*,
    sign_in::{Codes, Passwords, SignIn, Tokens},
};

use super::wall::{Role, Version};

/// Nothing much.
#[derive(Resource)]
#[view(NoteView, role = Role::Member, fields(text))]
struct Note {
    text: String,
}

/// Reads, with what writes at hand.
#[get("/notes", version = Version::V1.., role = Role::Member, view = NoteView)]
async fn read(
    tokens: Service<Tokens>,
    codes: Service<Codes>,
    passwords: Service<Passwords>,
    revocations: Service<Revocations>,
) -> Note {
    Note { text: format!("{:?}", (&*tokens, &*codes, &*passwords, &*revocations)) }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(read))]
struct Notes;

/// Returns the codes of what keeps it from starting.
pub(super) fn codes() -> Vec<&'static str> {
    let app = Notes::app().base_url("https://notes.example").sign_in(SignIn::new("notes-api"));
    let Err(error) = app.build() else { return Vec::new() };
    error.problems().iter().map(|problem| problem.code).collect()
}
