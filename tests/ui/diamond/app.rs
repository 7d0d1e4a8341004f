//! An app that stands on the library and on a version of the crate. Each `cfg` is one use of a table.

use secure_api::prelude::*;
use staff::{Role, Version};

/// Removes all orders.
#[cfg(not(any(in_a_list, in_a_view, in_an_argument, in_a_limit, in_a_range)))]
#[delete("/orders", version = Version::V1.., role = Role::Customer)]
async fn own() -> NoContent {
    NoContent
}

/// Removes all orders.
#[cfg(in_a_list)]
#[delete("/orders", version = Version::V1.., role = [Role::Customer, library::Role::Admin])]
async fn own() -> NoContent {
    NoContent
}

/// Shows a note.
#[cfg(in_a_view)]
#[get("/note", version = Version::V1.., role = Role::Customer, view = library::NoteView)]
async fn own() -> library::Note {
    library::Note { text: String::new() }
}

/// Removes all orders.
#[cfg(in_an_argument)]
#[delete("/orders", version = Version::V1.., role = Role::Customer)]
async fn own(_caller: Caller<library::Role>) -> NoContent {
    NoContent
}

/// Removes all orders.
#[cfg(in_a_limit)]
#[delete("/orders", version = Version::V1.., role = Role::Customer, limit(library::Role::Admin => FEW, _ => FEW))]
async fn own() -> NoContent {
    NoContent
}

/// Removes all orders.
#[cfg(in_a_range)]
#[delete("/orders", version = Version::V1..=library::Version::V2, role = Role::Customer)]
async fn own() -> NoContent {
    NoContent
}

const FEW: Limit = Limit::per_principal(5).per_minute();

#[cfg(not(in_a_route))]
#[api(
    roles = Role,
    versions = Version,
    limit = FEW,
    allow(unused_role, reason = "one route is enough to show it"),
    routes(own)
)]
pub struct Shop;

#[cfg(in_a_route)]
#[api(
    roles = Role,
    versions = Version,
    limit = FEW,
    allow(unused_role, reason = "one route is enough to show it"),
    routes(own, library::clear)
)]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
