//! A whole answer is an object: its fields are chosen by `?fields=`, and it can get further ones without breaking a client. A text
//! or a list cannot. So an enum without a tag answers for a route only where each of its variants is an object; a field of
//! another resource may hold any. This holds at compile time.
//!
//! Wrong: view/answer_that_may_be_text

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(PersonView, role = Role::Customer, fields(name))]
pub struct Person {
    name: String,
}

#[derive(Resource)]
#[resource(untagged)]
#[view(AuthorView, role = Role::Customer, variants(Known(0 as PersonView), Name(0)))]
pub enum Author {
    Known(Person),
    Name(String),
}

#[derive(Resource)]
#[view(BookView, role = Role::Customer, fields(author as AuthorView))]
pub struct Book {
    author: Author,
}

#[get("/book", version = Version::V1.., role = Role::Customer, view = BookView)]
async fn get_book() -> Book {
    Book { author: Author::Name("Anon".to_owned()) }
}
