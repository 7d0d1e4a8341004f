use secure_api::prelude::*;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Order {
    #[input(depth = 3)]
    customer: Box<Customer>,
}

#[derive(Input)]
struct Customer {
    order: Box<Order>,
}

/// Finds it.
#[get("/orders", version = Version::V1.., role = Role::Member)]
async fn find(Query(order): Query<Order>) -> Exists {
    let _ = order.customer.order;
    Exists(true)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(find))]
struct Shop;

fn main() {}
