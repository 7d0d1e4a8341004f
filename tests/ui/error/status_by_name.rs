use secure_api::prelude::*;

#[derive(Debug, ApiError)]
pub enum PosterError {
    #[problem(status = StatusCode::NOT_FOUND, title = "There is no such poster")]
    NoPoster,
}

fn main() {}
