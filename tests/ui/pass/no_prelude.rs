//! Nothing is in scope but what is imported.

#![no_implicit_prelude]

use crate::shop::{BROWSE, Db, NewOrder, Order, OrderDetail, Role, ShopError, Version};
use ::secure_api::prelude::{
    ApiError, Authorized, Input, Json, Page, Reader, Resource, Scoped, Service, Value, api, get,
    patch, post,
};
use ::std::{
    prelude::rust_2024::{Ok, Result, derive, test},
    string::String,
    vec::Vec,
};

#[derive(::secure_api::prelude::Role)]
enum Rank {
    Low,
}

#[derive(::secure_api::prelude::Version)]
enum Edition {
    V1,
}

#[derive(Value)]
#[value(max_len = 10)]
struct Name(String);

#[derive(Value)]
enum Colour {
    Red,
}

#[derive(Input)]
struct NewNote {
    #[input(text, max_len = 10, min_len = 2)]
    text: String,
    #[input(items = 0..=3, each(range = 0..=5))]
    numbers: Vec<u32>,
}

#[derive(Resource)]
#[view(NoteView, role = Rank::Low, fields(text, colour))]
#[view(NoteMore, role = Rank::Low, extends = NoteView, fields(name))]
struct Note {
    text: String,
    colour: Colour,
    name: Name,
}

#[derive(Resource)]
#[resource(tag = "kind")]
#[view(PartView, role = Rank::Low, variants(Text { text, size = Part::size }, None))]
#[view(PartMore, role = Rank::Low, extends = PartView, variants(Text { #[max_items(2)] notes as NoteView }))]
enum Part {
    Text { text: String, notes: Vec<Note> },
    None,
}

impl Part {
    fn size(&self) -> u8 {
        1
    }
}

#[derive(Resource)]
#[resource(transparent)]
struct Parts(Vec<Part>);

#[derive(Resource)]
#[view(WholeView, role = Rank::Low, fields(parts as PartMore))]
struct Whole {
    parts: Parts,
}

#[get("/whole", version = Edition::V1, role = Rank::Low, view = WholeView)]
async fn whole() -> Whole {
    let part = Part::Text { text: String::new(), notes: Vec::new() };
    Whole { parts: Parts(<[_]>::into_vec(::std::boxed::Box::new([part, Part::None]))) }
}

#[derive(ApiError)]
enum NoteError {
    #[problem(status = 404, title = "No note")]
    Missing,
}

#[post("/notes", version = Edition::V1, role = Rank::Low, view = NoteMore)]
async fn note(
    Json(body): Json<NewNote>,
) -> Result<::secure_api::prelude::Performed<Note>, NoteError> {
    let name = Name::new(String::new()).map_err(|_| NoteError::Missing)?;
    if body.numbers.is_empty() {
        return Result::Err(NoteError::Missing);
    }
    Ok(::secure_api::prelude::Performed(Note { text: body.text, colour: Colour::Red, name }))
}

#[api(roles = Rank, versions = Edition, limit = BROWSE, routes(note, whole))]
struct Notes;

#[get("/orders", version = Version::V1.., role = Role::Customer, view(Role::Support => OrderDetail, _ => OrderDetail))]
async fn list(
    scoped: Scoped<Order>,
    _db: Reader<Db>,
) -> Result<Page<Authorized<Order>>, ShopError> {
    Ok(scoped.page(Vec::new()))
}

#[patch("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn change(
    order: Authorized<Order>,
    Json(body): Json<NewOrder>,
    _clock: Service<::secure_api::clock::Clock>,
) -> Authorized<Order> {
    order.map(|order| Order { note: body.note, ..order })
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list, change))]
struct Orders;

#[test]
fn generated_code_needs_nothing_in_scope() {
    ::std::assert_eq!(Notes::API.routes[0].len(), 1);
    ::std::assert_eq!(Orders::API.routes.len(), 2);
}
