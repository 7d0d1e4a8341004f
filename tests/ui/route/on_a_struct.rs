use secure_api::prelude::*;

#[get("/products", version = Version::V1.., role = Role::Customer, view = ProductCard)]
pub struct Products;

fn main() {}
