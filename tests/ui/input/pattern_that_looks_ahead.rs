use secure_api::prelude::*;

#[derive(Input)]
pub struct NewProduct {
    #[input(pattern = r"^(?=.*[0-9])(?!x\)[)])[a-z0-9-]{1,40}$")]
    name: String,
}

fn main() {}
