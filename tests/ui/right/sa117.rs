//! `Unowned` switches the owner's check off for what a path names. Whether that is right depends on the key and not
//! on the route: product numbers are on public display, order numbers are not. So the reason stands above the key's
//! type, once, and each route that uses the key is covered by it. This holds at compile time.
//!
//! Wrong: object/unowned_of_a_new_value

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value)]
#[value(pattern = "^[A-Z]{2}-[0-9]{4}$", unowned = "whoever holds a voucher may redeem it")]
pub struct Voucher(String);

#[delete("/vouchers/{voucher}", version = Version::V1.., role = Role::Customer)]
async fn redeem(_voucher: Unowned<Voucher>) -> NoContent {
    NoContent
}
