#[path = "elsewhere/roles.rs"]
mod roles;
#[path = "../shop.rs"]
mod shop;

mod desk {
    use super::roles::Staff;
    use crate::shop::*;
    use secure_api::prelude::*;

    #[delete("/products", version = Version::V1.., role = Staff::Boss)]
    pub async fn clear(caller: Caller<Staff>) -> NoContent {
        drop(caller);
        NoContent
    }

    #[get("/products", version = Version::V1.., role = Staff::Clerk, view = ProductCard)]
    pub async fn list_products() -> Page<Product> {
        todo!()
    }
}

fn main() {}
