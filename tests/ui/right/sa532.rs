//! A list says which numbers there are, so it has some, in one order, which the document has too; and it says so alone: of a
//! range beside it nobody could tell which of the two is meant. Numbers that follow each other are a `range`. This holds at
//! compile time.
//!
//! Wrong: input/one_of_nothing

use secure_api::prelude::*;

#[derive(Input)]
struct NewOrder {
    #[input(one_of = [1, 5, 17])]
    priority: u8,
}
