//! Input is read by one strict decoder that knows each field, its bounds and its name. A type without it would be read
//! by rules of its own: unknown fields accepted, texts of any length. `Deserialize` is not enough for that reason. This
//! holds at compile time.
//!
//! Wrong: input/nested_by_its_path

use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(max_len = 32)]
    sku: String,
}

#[derive(Input)]
struct NewOrder {
    #[input(items = 1..=5)]
    items: Vec<NewItem>,
}
