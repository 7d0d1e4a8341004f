#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value)]
#[value(pattern = "^[A-Z]{2}-[0-9]{4}$")]
pub struct Voucher(String);

#[delete("/vouchers/{voucher}", version = Version::V1.., role = Role::Customer)]
async fn redeem(_voucher: Unowned<Voucher>) -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(redeem))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
