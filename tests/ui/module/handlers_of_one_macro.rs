#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[routes(prefix = "/shop", version = Version::V1.., role = Role::Customer)]
mod orders {
    use super::*;

    macro_rules! shows {
        ($name:ident, $path:literal, $view:ty) => {
            #[get($path, view = $view)]
            pub async fn $name(order: Authorized<Order>) -> Authorized<Order> {
                order
            }
        };
    }

    shows!(summary, "/orders/{order}/summary", OrderSummary);
    shows!(detail, "/orders/{order}", OrderDetail);
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(orders))]
struct Shop;

fn main() {
    drop(Shop::app());
}
