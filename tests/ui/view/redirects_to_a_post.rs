#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

/// Begins a payment.
#[post("/payments", version = Version::V1.., role = Role::Customer)]
pub async fn pay() -> Accepted {
    Accepted
}

/// Leads to where one pays.
#[get("/checkout", version = Version::V1.., role = Role::Customer)]
pub async fn checkout() -> Redirect {
    Redirect::to::<pay>(())
}

#[api(roles = Role, versions = Version, limit = BROWSE, allow(unused_role, reason = "a part of a larger API"),
      routes(pay, checkout))]
pub struct Shop;

fn main() {}
