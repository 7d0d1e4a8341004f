use secure_api::prelude::*;

#[derive(Debug, ApiError)]
pub enum StockError {
    #[error("An item is sold out")]
    SoldOut,
}

fn main() {}
