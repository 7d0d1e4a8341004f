use secure_api::prelude::*;

#[derive(Input)]
pub struct SignIn {
    #[input(max_len = 80)]
    pub user: String,
    #[input(max_len = 80)]
    pub password: String,
}

fn main() {}
