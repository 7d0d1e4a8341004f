use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key)]
pub struct CartId {
    id: Uuid,
}

pub fn new_cart() -> CartId {
    CartId::new(Uuid::now_v7())
}

fn main() {}
