//! The tools to test an API with: a client without sockets, a clock that is moved, and made-up arguments of handlers.
//!
//! It is behind the cargo feature `testing`, which belongs into `[dev-dependencies]`:
//!
//! ```toml
//! [dev-dependencies]
//! secure-api = { git = "https://github.com/secure-api/secure-api", features = ["testing"] }
//! ```
//!
//! There are two ways to test. [`client`] sends requests through everything that they pass over a socket: tokens that are
//! really signed, limits, decoding, rules, views. The macros ([`caller!`], [`authorized!`], [`scoped!`], [`loading!`], [`unchecked!`], [`reader!`],
//! [`writer!`], [`service!`], [`paging!`], [`request_context!`], [`secret!`]) make up single arguments, so that a rule or a handler is
//! called like any function; `Json`, `Query`, `Headers`, `Cookies`, `Form`, `Patch` and `Unowned` are made by their names. These macros compile
//! where `cfg(test)` holds, which is in unit tests and in `tests/`, and nowhere else; and what they lead to is in no build
//! without debug assertions, so a release build cannot make a caller up, whatever its features.
//!
//! ```rust,test_harness
//! use secure_api::{prelude::*, testing};
//! # #[derive(Role)] pub enum Role { Member }
//! # #[derive(Version)] pub enum Version { V1 }
//! # #[derive(Value, Clone, Copy)] #[value(key)] pub struct NoteId(uuid::Uuid);
//! # #[derive(Clone)] pub struct Db;
//! # impl Store for Db {
//! #     type Read = Self; type Write = Self;
//! #     fn reader(&self) -> &Self { self }
//! #     fn writer(&self, _: &Writing) -> &Self { self }
//! # }
//! # #[derive(Resource)] #[view(NoteView, role = Role::Member, fields(text))]
//! # pub struct Note { owner: CallerId, text: String }
//! # impl Object for Note {
//! #     type Key = NoteId; type Store = Db; type Roles = Role; type Scope = ();
//! #     async fn load(_: &Reader<Db>, _: NoteId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
//! #     fn permits(&self, caller: &Caller<Role>, _: Action) -> bool { self.owner == *caller.id() }
//! #     fn scope(_: &Caller<Role>) {}
//! # }
//!
//! /// Shows a note, in capitals.
//! #[get("/notes/{note}", version = Version::V1.., role = Role::Member, view = NoteView)]
//! async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
//!     note.map(|note| Note { text: note.text.to_uppercase(), ..note })
//! }
//!
//! #[test]
//! fn a_note_is_its_owners() {
//!     let note = Note { owner: testing::caller_id("alice"), text: String::new() };
//!     assert!(note.permits(&testing::caller!(Role::Member, "alice"), Action::Read));
//!     assert!(!note.permits(&testing::caller!(Role::Member, "bob"), Action::Read));
//! }
//!
//! #[tokio::test]
//! async fn a_note_is_shown_in_capitals() {
//!     let alice = testing::caller!(Role::Member, "alice");
//!     let note = Note { owner: alice.id().clone(), text: "hush".into() };
//!     let shown = get_note(testing::authorized!(note, &alice)).await;
//!     assert_eq!(shown.text, "HUSH");
//! }
//! ```
//!
//! # Time
//!
//! An app under test has a clock that stands until [`Client::advance`] or [`Client::advance_to`] moves it. It is the one
//! that tokens, limits, idempotency keys, open steps, revocations, deprecation and sunset are measured by.
//!
//! Two things are measured by tokio's: how long a handler may take (`timeout`, the app's `deadline`), and what a test
//! itself sleeps. `#[tokio::test(start_paused = true)]` moves that one. A database and a collaborator keep their own time.

mod actor;
mod arrived;
mod bearer;
mod client;
mod contract;
#[cfg(debug_assertions)]
pub(crate) mod doorway;
mod made_up;
mod multipart;
mod prover;
mod reply;
mod request;
mod signed;
mod time;
#[cfg(feature = "client")]
mod upstream;
mod verbs;
mod verify;

/// JSON as it is written in a test: `json!({ "sku": "TEA-1", "qty": 2 })`.
pub use serde_json::json;

#[cfg(feature = "client")]
pub use self::upstream::{UpstreamCall, UpstreamStub};
pub use self::{
    actor::Actor,
    bearer::{issuer, issuer_named},
    client::{Client, client},
    contract::{contract, contract_in},
    reply::{ProblemDocument, Reply, WrongPlace},
    request::Request,
    time::at,
    verify::{Broken, Check, Untested, Verified, Verify, verify},
};
pub use crate::clock::Clock;
use crate::{
    identity::{CallerId, Revocations},
    ledger::{AppLedger, Memory},
    object::Page,
    route::Created,
};

#[doc(inline)]
pub use self::made_up::{
    authorized, caller, loading, paging, reader, request_context, scoped, secret, service,
    unchecked, writer,
};

/// JSON as [`json!`](json) makes it and [`Reply::json_pointer`] returns it, for a function of a test that returns some.
// No `use`: that would show its variant `String` beside the one of std, which the compiler's messages then call by its path.
pub type JsonValue = serde_json::Value;

/// Returns the id of the callers that [`Client::as_caller`] and [`caller!`] make of a subject, without a tenant: what the
/// objects of a test are owned by.
///
/// # Panics
///
/// If the subject is empty, or longer than an id can be.
#[track_caller]
pub fn caller_id(subject: &str) -> CallerId {
    match CallerId::new(bearer::ISSUER, None, subject) {
        Ok(id) => id,
        Err(error) => panic!("no caller has the subject {subject:?}: {error}"),
    }
}

/// Returns the items of a page that a handler gave.
pub fn items<T>(page: &Page<T>) -> &[T] {
    &page.items
}

/// Returns the resource that a handler says it created.
pub fn created<T>(created: &Created<T>) -> &T {
    &created.resource
}

/// Makes revocations, for calling a handler that takes them: empty ones, in memory.
pub fn revocations() -> Revocations {
    Revocations::new(AppLedger::in_memory(Memory::new(Clock::system())))
}
