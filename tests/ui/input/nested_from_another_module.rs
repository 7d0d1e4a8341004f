use secure_api::prelude::*;

mod parts {
    #[allow(unused_imports)]
    use secure_api::prelude::*;

    pub struct NewItem {
        pub gift: bool,
    }
}

use parts::NewItem;

#[derive(Input)]
struct NewOrder {
    #[input(items = 1..=5)]
    items: Vec<NewItem>,
}

fn main() {
    let _ = |item: NewItem| item.gift;
}
