//! Names of the user's that generated code has locally, or that it might take from the user.

#![allow(dead_code, non_camel_case_types, unused_macros)]

use crate::shop::{BROWSE, OrderSummary, Role, ShopError, Version};
use secure_api::prelude::Version as DeriveVersion;
use secure_api::prelude::{
    ApiError, Created, Input, NoContent, Page, Resource, Role as DeriveRole, Scoped, Value,
};
use secure_api::prelude::{Authorized, Json, Unowned, Writer, api, delete, get, post, put};

struct Option;
struct Vec;
struct Box;
struct Result;
struct String;
struct Some;
struct None;
struct Ok;
struct Err;
struct str;
struct usize;
struct bool;
mod core {}
mod std {}
macro_rules! concat {
    () => {};
}
macro_rules! stringify {
    () => {};
}
macro_rules! module_path {
    () => {};
}
macro_rules! vec {
    () => {};
}

#[derive(DeriveRole)]
enum Rank {
    Low,
    #[role(includes(Low))]
    High,
}

#[derive(DeriveVersion)]
enum Edition {
    #[version(deprecated = "2027-01-01", sunset = "2028-01-01", migrate = "https://shop.example")]
    V1,
    V2,
}

#[derive(Value, Clone, Copy)]
#[value(range = 1..=9, unowned = "digits are on keyboards")]
struct Digit(u64);

#[derive(Value)]
enum Shade {
    Light,
    Dark,
}

#[derive(Resource)]
#[view(NoteView, role = Rank::Low, fields(digit, shade))]
struct Note {
    digit: Digit,
    shade: Shade,
    #[sensitive(Rank::High)]
    owner: Digit,
}

#[derive(Input)]
struct NewNote {
    #[input(range = 1..=9)]
    digit: u64,
}

#[derive(ApiError)]
enum NoteError {
    #[problem(status = 409, title = "Out of notes")]
    OutOfNotes,
    #[problem(internal)]
    Io(::std::io::Error),
    #[problem(transparent)]
    Shop(ShopError),
}

#[get("/notes/{context}/{result}", version = Edition::V1.., role = Rank::Low, view = NoteView)]
async fn get_note(
    context: Unowned<Digit>,
    result: Unowned<Digit>,
) -> ::std::result::Result<Note, NoteError> {
    ::std::result::Result::Ok(Note { digit: context.0, shade: Shade::Light, owner: result.0 })
}

#[post("/notes", version = Edition::V1.., role = [Rank::Low, Rank::High], view = NoteView)]
async fn create_note(
    Json(NewNote { digit }): Json<NewNote>,
) -> ::std::result::Result<Created<Note>, NoteError> {
    let digit = Digit::new(digit).map_err(|_| NoteError::OutOfNotes)?;
    let note = Note { digit, shade: Shade::Dark, owner: digit };
    ::std::result::Result::Ok(Created::at::<get_note>((digit, digit), note))
}

#[put("/notes/{a0}", version = ..Edition::V2, role = Rank::High)]
async fn reply(a0: Unowned<Digit>) -> NoContent {
    let _ = a0.0;
    NoContent
}

#[delete("/notes", version = Edition::V2, role = Rank::High)]
async fn context() -> NoContent {
    NoContent
}

#[api(roles = Rank, versions = Edition, limit = BROWSE, routes(get_note, create_note, reply, context))]
struct Api;

#[get("/orders", version = Version::V1.., role = Role::Customer, view = OrderSummary)]
async fn handled(
    scoped: Scoped<crate::shop::Order>,
    _db: secure_api::prelude::Reader<crate::shop::Db>,
) -> Page<Authorized<crate::shop::Order>> {
    scoped.page(::std::vec::Vec::new())
}

#[post("/orders", version = Version::V1.., role = Role::Customer)]
async fn route(_db: Writer<crate::shop::Db>) -> secure_api::prelude::Accepted {
    secure_api::prelude::Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(handled, route))]
struct Route;

#[test]
fn generated_code_takes_no_name_from_its_surroundings() {
    assert_eq!(Api::API.routes().count(), 4);
    assert_eq!(Route::API.routes().count(), 2);
}
