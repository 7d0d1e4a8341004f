//! A key in a body or a query names an object that nobody has loaded: whoever guesses it gets at another's. A `Ref<Order>` is
//! loaded and permitted before the handler runs, as a parameter of the path is. Where the key finds nothing yet, as the name
//! of something new, the field says so; the reason stands in the inventory.
//!
//! Wrong: object/key_in_a_body

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct NewNote {
    pub order: Ref<Order>,
    #[input(text, max_len = 500)]
    pub text: String,
}

#[derive(Input)]
pub struct ImportedNote {
    #[input(key = "an import makes notes of orders that come later")]
    pub order: OrderId,
}
