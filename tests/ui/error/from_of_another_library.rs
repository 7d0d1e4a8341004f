use secure_api::prelude::*;

#[derive(ApiError)]
enum ShopError {
    #[problem(status = 409, title = "Out of stock")]
    OutOfStock,
    #[from]
    Store(StoreError),
}

fn main() {}
