use secure_api::prelude::*;

#[derive(Value)]
pub enum Size {
    #[serde(rename = "s")]
    Small,
    Large,
}

fn main() {}
