use secure_api::prelude::*;

#[derive(Debug, ApiError)]
pub enum StockError {
    #[problem(status = 503, title = "The warehouse is counting", retry_after = 300_000)]
    Counting,
}

fn main() {}
