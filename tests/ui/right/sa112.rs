//! `Reader` and `Writer` are the two ways to a store, and the one that writes is not given to a GET. A type that is
//! no store has no such halves. A collaborator without data to guard, as a mailer or a clock, is taken as
//! `Service`. This holds at compile time.
//!
//! Wrong: object/not_a_store

use crate::shop::*;
use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn list_products(_db: Reader<Db>) -> Page<Product> {
    todo!()
}
