use secure_api::prelude::*;

#[derive(ApiError, Debug)]
enum StockError {
    #[problem(status = 409, title = "Out of stock", from(std::io::Error))]
    Store(StoreError),
}

fn main() {}
