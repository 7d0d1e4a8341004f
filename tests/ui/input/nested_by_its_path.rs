use secure_api::prelude::*;

mod parts {
    #[allow(unused_imports)]
    use secure_api::prelude::*;

    pub struct NewItem {
        pub gift: bool,
    }
}

#[derive(Input)]
struct NewOrder {
    #[input(items = 1..=5)]
    items: Vec<parts::NewItem>,
}

fn main() {
    let _ = |item: parts::NewItem| item.gift;
}
