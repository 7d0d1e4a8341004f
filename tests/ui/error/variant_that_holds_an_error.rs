use secure_api::prelude::*;

#[derive(ApiError)]
enum ShopError {
    Store(StoreError),
}

fn main() {}
