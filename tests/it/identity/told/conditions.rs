//! The credentials of a change and of the route that gives its tag: whoever may call the one may call the other.

use secure_api::{app::AppBuilder, prelude::*};

use super::{Badge, Badges};
use crate::{
    support::token,
    view::mine::notes::{Drawer, Note, NoteLine, Role, Version},
};

/// Shows a note.
#[get("/notes/{note}", version = Version::V1.., role = Role::Member, by = Bearer, view = NoteLine)]
async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}

/// Shows a note, also to whoever has a badge.
#[get("/boards/{note}", version = Version::V1.., role = Role::Member, by = [Bearer, Badge],
      view = NoteLine)]
async fn get_on_board(note: Authorized<Note>) -> Authorized<Note> {
    note
}

/// Removes a note in the state that the board shows.
#[delete("/notes/{note}", version = Version::V1.., role = Role::Member, by = [Bearer, Badge],
         if_match = get_on_board)]
async fn remove(note: Authorized<Note>, drawer: Writer<Drawer>) -> NoContent {
    drawer.things().remove(&note.id);
    NoContent
}

/// Removes a note in the state that whoever has a badge cannot see.
#[delete("/boards/{note}", version = Version::V1.., role = Role::Member, by = [Bearer, Badge],
         if_match = get_note)]
async fn remove_unseen(note: Authorized<Note>, drawer: Writer<Drawer>) -> NoContent {
    drawer.things().remove(&note.id);
    NoContent
}

/// Notes whose changes can be called.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, reason = "notes are for members"), routes(get_note, get_on_board, remove))]
struct Open;

/// Notes with a change that a badge opens in vain.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, reason = "notes are for members"),
      routes(get_note, get_on_board, remove_unseen))]
struct Closed;

#[test]
fn the_route_that_gives_the_tag_is_the_one_that_is_named() {
    let build = |app: AppBuilder| {
        let app = app.store(Drawer::default()).tokens(token::issuer());
        app.source(Badges::default()).build()
    };
    build(Open::app()).expect("what stands at the same path is not what is named");
    let error = build(Closed::app()).expect_err("it does not start");
    let told: Vec<_> = error.problems().iter().map(|problem| &*problem.text).collect();
    let wanted = "`remove_unseen` needs a call of `get_note` before it, which does not admit all its credentials";
    assert_eq!(told, [wanted]);
}
