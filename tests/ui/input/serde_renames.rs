use secure_api::prelude::*;

#[derive(Input)]
#[serde(rename_all = "camelCase")]
pub struct NewCustomer {
    #[input(max_len = 80)]
    pub first_name: String,
}

fn main() {}
