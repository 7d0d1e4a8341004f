//! One member has to say which variant was sent. Where it is guessed from the fields that are there, a body can fit two
//! variants, and the one that was validated need not be the one that is used. This holds at compile time.
//!
//! Wrong: input/enum_without_tag

use secure_api::prelude::*;

#[derive(Input)]
#[input(tag = "type")]
enum Delivery {
    Pickup,
    Parcel {
        #[input(max_len = 80)]
        street: String,
    },
}

#[derive(Input)]
struct Order {
    delivery: Option<Delivery>,
}
