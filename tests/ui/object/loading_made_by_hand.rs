#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[delete("/orders", version = Version::V1.., role = Role::Customer)]
async fn delete_first(db: Writer<Db>, caller: Caller<Role>) -> Result<NoContent, StoreError> {
    let loading = Loading { caller };
    Order::load(&db.to_reader(), OrderId::new(1)?, &loading).await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(delete_first))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
