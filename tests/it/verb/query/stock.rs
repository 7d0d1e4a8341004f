//! A stock that is asked by bodies.

use secure_api::{app::AppBuilder, clock::Clock, prelude::*};

use crate::support::{TestServer, server::START, token};

#[derive(Role, Clone, Copy)]
pub(super) enum Role {
    Member,
    Clerk,
}

#[derive(Version)]
enum Version {
    V1,
    V2,
}

#[derive(Resource)]
#[view(PartView, role = Role::Member, fields(name, place))]
#[view(PartNames, role = Role::Clerk, fields(name))]
struct Part {
    name: String,
    place: u32,
}

fn part(name: String) -> Part {
    Part { place: u32::try_from(name.len()).unwrap_or_default(), name }
}

/// The parts that are looked for.
#[derive(Input)]
struct Wanted {
    #[input(items = 1..=10, each(text, max_len = 20))]
    names: Vec<String>,
}

/// The shelf that is looked for.
#[derive(Input)]
struct Shelf {
    #[input(text, max_len = 20)]
    name: String,
}

/// Finds parts by their names.
#[query("/parts", version = Version::V1.., role = Role::Member, view = PartView, body_limit = 4 * KIB)]
async fn find_parts(Json(wanted): Json<Wanted>) -> Page<Part> {
    Page::new(wanted.names.into_iter().map(part).collect::<Vec<_>>())
}

/// Lists the parts.
#[get("/parts", version = Version::V1.., role = Role::Member, view = PartView)]
async fn list_parts() -> Page<Part> {
    Page::new(vec![part("bolt".to_owned())])
}

/// Finds a part by its shelf.
#[query("/shelves", version = Version::V1, role = Role::Member, view = PartView)]
async fn find_shelf(Form(shelf): Form<Shelf>) -> Option<Part> {
    Some(part(shelf.name))
}

/// Lists shelves, no more for long.
#[get("/shelves", version = Version::V1, role = Role::Member, view = PartView,
      deprecated(since = "2026-01-01"))]
async fn list_shelves() -> Page<Part> {
    Page::new(Vec::new())
}

/// Lists names.
#[get("/names", version = Version::V1.., role = Role::Clerk, view = PartNames)]
async fn list_names() -> Page<Part> {
    Page::new(Vec::new())
}

/// Parts.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(find_parts, list_parts, find_shelf, list_shelves, list_names))]
pub(super) struct Stock;

/// Serves it, with a member's token.
pub(super) async fn served() -> (TestServer, String) {
    stock(|app| app).await
}

/// Serves it with changed settings.
pub(super) async fn stock(change: impl FnOnce(AppBuilder) -> AppBuilder) -> (TestServer, String) {
    let clock = Clock::manual(START);
    let app = Stock::app().tokens(token::issuer()).clock(clock.clone());
    let app = change(app.docs(Docs::open("tests read it"))).build().expect("an app");
    let server = TestServer::run(app, Default::default(), clock).await;
    let member = server.token("mary", &["member"]);
    (server, member)
}
