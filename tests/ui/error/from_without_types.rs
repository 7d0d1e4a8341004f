use secure_api::prelude::*;

#[derive(ApiError, Debug)]
enum StockError {
    #[problem(transparent, from)]
    Store(StoreError),
}

fn main() {}
