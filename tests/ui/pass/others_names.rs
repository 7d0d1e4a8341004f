//! Names that other libraries have for other things, of the app's own; and what is changed once its proof was given up.

use crate::shop::{BROWSE, Db, NewOrder, Order, OrderDetail, Role, ShopError, Version};
use secure_api::prelude::*;

/// The app's own, which is a resource and no status.
#[derive(Resource)]
#[view(StatusCodeView, role = Role::Customer, fields(code, since))]
struct StatusCode {
    code: u32,
    since: SystemTime,
}

/// The app's own, which is a value.
#[derive(Value)]
#[value(range = 0..=9)]
struct SystemTime(u32);

type State<T> = Service<T>;
type Path<T> = Authorized<T>;

struct Mailer;

#[derive(Input)]
#[input(check = Own::is_fine)]
struct Own {
    #[input(range = 0..=9)]
    number: u8,
}

impl Own {
    fn is_fine(&self) -> Outcome {
        Ok(())
    }

    fn is_small(&self) -> bool {
        self.number < 5
    }
}

type Outcome = Result<(), InvalidValue>;

#[get("/status", version = Version::V1.., role = Role::Customer, view = StatusCodeView)]
async fn status(_mailer: State<Mailer>) -> StatusCode {
    StatusCode { code: 7, since: SystemTime(1) }
}

#[put("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderDetail)]
async fn change(order: Path<Order>, _db: Writer<Db>, Json(new): Json<NewOrder>) -> Path<Order> {
    order.map(|mut order| {
        order.note = new.note;
        order
    })
}

#[post("/orders/{order}/copies", version = Version::V1.., role = Role::Customer)]
async fn copy(order: Authorized<Order>, Json(own): Json<Own>) -> Result<Accepted, ShopError> {
    let mut order = order.into_inner();
    order.note = if own.is_small() { "small".to_owned() } else { String::new() };
    drop(order);
    Ok(Accepted)
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(status, change, copy),
      allow(unused_role, reason = "a part of a larger API"))]
struct Named;

#[test]
fn names_of_others_are_the_apps_own() {
    assert_eq!(Named::API.routes().count(), 3);
}
