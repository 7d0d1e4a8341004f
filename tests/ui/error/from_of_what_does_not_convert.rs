use secure_api::prelude::*;

#[derive(ApiError, Debug)]
enum StockError {
    #[problem(transparent, from(u8))]
    Store(StoreError),
}

fn main() {}
