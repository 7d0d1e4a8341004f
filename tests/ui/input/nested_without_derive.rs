use secure_api::prelude::*;

struct NewItem {
    gift: bool,
}

#[derive(Input)]
struct NewOrder {
    #[input(items = 1..=5)]
    items: Vec<NewItem>,
}

fn main() {
    let _ = |item: NewItem| item.gift;
}
