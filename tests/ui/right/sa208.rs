//! A handler that stores something makes it somebody's, and only its rule knows if this caller may. Asked after the handler,
//! the answer could be 403 while what was refused stays in the store. So what is created comes with the proof that its rule
//! was asked, and a store that takes `&Authorized<Order>` cannot be given anything else. This holds at compile time.
//!
//! Wrong: object/created_without_proof

use crate::shop::*;
use secure_api::prelude::*;

#[get("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
    order
}

#[derive(ApiError)]
enum OrderError {
    #[problem(transparent)]
    Denied(Denied),
    #[problem(transparent)]
    Store(StoreError),
}

#[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn create_order(
    db: Writer<Db>,
    caller: Caller<Role>,
) -> Result<Created<Authorized<Order>>, OrderError> {
    let id = OrderId::new(7).map_err(StoreError::from)?;
    let order = Order { id, note: String::new(), owner: caller.id().clone() };
    let order = Authorized::create(order, &caller)?;
    db.lock().map_err(|_| StoreError::from("a thread panicked"))?.push(order.note.clone());
    Ok(Created::at::<get_order>(id, order))
}
