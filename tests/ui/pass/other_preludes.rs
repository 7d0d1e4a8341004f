//! Other preludes beside ours: what they bring has names of its own, or is a trait where ours is a type.

use std::io::prelude::*;

use axum::response::IntoResponse as _;
use secure_api::prelude::*;

use crate::shop::{BROWSE, Db, NewOrder, Product, ProductCard, Role, Version};

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list(_db: Reader<Db>) -> Page<Product> {
    let mut text = Vec::new();
    writeln!(text, "listed").expect("memory does not fail");
    Page::new(Vec::new())
}

#[post("/orders", version = Version::V1.., role = Role::Customer)]
async fn create(_db: Writer<Db>, Json(body): Json<NewOrder>) -> Accepted {
    let mut note = String::new();
    let read = body.note.as_bytes().read_to_string(&mut note);
    read.expect("a text");
    Accepted
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(list, create))]
struct Shelf;

#[test]
fn std_io_and_axum_stand_beside_ours() {
    assert_eq!(Shelf::API.routes().count(), 2);
    assert_eq!(axum::http::StatusCode::OK.into_response().status(), 200);
}
