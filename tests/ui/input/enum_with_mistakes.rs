use secure_api::prelude::*;

#[derive(Input)]
#[input(tag = "kind")]
enum Delivery {
    #[input(name = "parcel")]
    Letter {
        #[input(max_len = 80)]
        kind: String,
    },
    Parcel {
        #[input(max_len = 80)]
        owner: String,
    },
    #[input(max_len = 9)]
    Pickup,
}

#[derive(Input)]
#[input(tag = "kind")]
enum Payment {
    Card(Secret<String>),
}

#[derive(Input)]
#[input(tag = "kind%of")]
enum Nothing {}

fn main() {}
