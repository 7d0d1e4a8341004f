use secure_api::prelude::*;

#[derive(Input)]
pub struct ChangePassword {
    #[input(max_len = 80, name = "newPassword")]
    pub wanted: String,
}

fn main() {}
