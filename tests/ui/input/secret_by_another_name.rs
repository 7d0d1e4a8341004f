use secure_api::prelude::*;

#[derive(Input)]
pub struct ChangePassword {
    #[input(max_len = 80)]
    pub new_password: String,
}

fn main() {}
