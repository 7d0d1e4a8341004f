use secure_api::prelude::*;

#[derive(Input)]
pub struct NewCustomer {
    #[validate(length(min = 1, max = 80))]
    pub name: String,
}

fn main() {}
