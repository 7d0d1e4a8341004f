//! Types by another name, and names from elsewhere.

use crate::shop::{self as stock, BROWSE, Db, NewOrder, OrderId, Role as Rank, ShopError, Version};
use secure_api::prelude::{self as web, api, get, post};

type Mine = web::Authorized<stock::Order>;
type Answer<T> = Result<T, ShopError>;
type Body = web::Json<NewOrder>;
type By = web::Caller<Rank>;
use stock::OrderDetail as Detail;

const ADMITTED: Rank = Rank::Customer;
const FIRST: Version = Version::V1;

#[get("/orders/{order}", version = FIRST.., role = ADMITTED, view = Detail)]
async fn get_order(order: Mine) -> Answer<Mine> {
    Ok(order)
}

#[post("/orders", version = FIRST.., role = ADMITTED, view = stock::OrderDetail)]
async fn create_order(
    _db: web::Writer<Db>,
    by: By,
    web::Json(body): Body,
) -> Answer<web::Created<Mine>> {
    let id = OrderId::new(7).map_err(|_| ShopError::OutOfStock)?;
    let order = stock::Order { id, note: body.note, owner: by.id().clone() };
    let order = Mine::create(order, &by).map_err(|_| ShopError::OutOfStock)?;
    Ok(web::Created::at::<get_order>(id, order))
}

#[api(roles = Rank, versions = Version, limit = BROWSE, routes(get_order, create_order))]
struct Aliased;

#[test]
fn routes_of_aliased_types_are_in_the_api() {
    let names: Vec<_> =
        Aliased::API.routes().map(|route| (route.name, route.answer.status)).collect();
    assert_eq!(names, [("get_order", 200), ("create_order", 201)]);
}
