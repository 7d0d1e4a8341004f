//! The attributes of handlers, one for each verb.

/// A route that removes: DELETE. The same request twice has the effect of one.
///
/// It answers with [`NoContent`](crate::route::NoContent), 204, [`Accepted`](crate::route::Accepted), 202, or
/// [`Performed`](crate::route::Performed), 200 with what was removed; or with a `Result` of one. Its keys are those of every verb.
///
#[doc = include_str!("../keys/route.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// # use secure_api::prelude::*;
/// # #[derive(Role)]
/// # pub enum Role { Customer, #[role(includes(Customer))] Support }
/// # #[derive(Version)]
/// # pub enum Version { V1, V2 }
/// # #[derive(Value, Clone, Copy)]
/// # #[value(key)]
/// # pub struct OrderId(Uuid);
/// # pub struct Shop;
/// # impl Store for Shop {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # #[derive(Resource)]
/// # #[view(OrderView, role = Role::Customer, fields(id, note))]
/// # #[view(OrderDesk, role = Role::Support, extends = OrderView)]
/// # pub struct Order { id: OrderId, customer: CallerId, note: String }
/// # #[object(owner = customer, read = Role::Support)]
/// # impl Object for Order {
/// #     async fn load(_: &Reader<Shop>, _: OrderId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// # }
/// /// Withdraws an order.
/// #[delete("/orders/{order}", version = Version::V1.., role = Role::Customer,
///          deprecated(since = "2026-06-01", sunset = "2036-06-01"))]
/// async fn withdraw_order(order: Authorized<Order>, shop: Writer<Shop>) -> NoContent {
///     # drop((order, shop));
///     NoContent
/// }
/// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(withdraw_order))]
/// # struct Orders;
/// # fn main() { drop(Orders::app()) }
/// ```
pub use secure_api_macros::delete;
/// A route that reads: GET, and HEAD, which is GET without content. Its handler has no way to a writing half of a store.
///
/// It answers with a resource, an `Option` or a [`Page`](crate::object::Page) of one, each with its proof where it is an
/// object, a file, [`Download`](crate::route::Download), text, bytes, rows or events; or with a `Result` of one of these. Its keys are those of every
/// verb.
///
#[doc = include_str!("../keys/route.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// # use secure_api::prelude::*;
/// # #[derive(Role)]
/// # pub enum Role { Customer, #[role(includes(Customer))] Support }
/// # #[derive(Version)]
/// # pub enum Version { V1, V2 }
/// # #[derive(Value, Clone, Copy)]
/// # #[value(key)]
/// # pub struct OrderId(Uuid);
/// # pub struct Shop;
/// # impl Store for Shop {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # #[derive(Resource)]
/// # #[view(OrderView, role = Role::Customer, fields(id, note))]
/// # #[view(OrderDesk, role = Role::Support, extends = OrderView)]
/// # pub struct Order { id: OrderId, customer: CallerId, note: String }
/// # #[object(owner = customer, read = Role::Support)]
/// # impl Object for Order {
/// #     async fn load(_: &Reader<Shop>, _: OrderId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// # }
/// /// Shows an order.
/// #[get("/orders/{order}", version = Version::V1.., role = Role::Customer,
///       view(Role::Support => OrderDesk, _ => OrderView))]
/// async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
///     order
/// }
/// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(get_order))]
/// # struct Orders;
/// # fn main() { drop(Orders::app()) }
/// ```
pub use secure_api_macros::get;
/// A route that changes a part: PATCH, with [`Json`](crate::input::Json) or a merge patch,
/// [`Patch`](crate::input::Patch).
///
/// It answers with the resource, [`Accepted`](crate::route::Accepted), 202, or [`NoContent`](crate::route::NoContent), 204; or with
/// a `Result` of one. Its keys are those of every verb.
///
#[doc = include_str!("../keys/route.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// # use secure_api::prelude::*;
/// # #[derive(Role)]
/// # pub enum Role { Customer, #[role(includes(Customer))] Support }
/// # #[derive(Version)]
/// # pub enum Version { V1, V2 }
/// # #[derive(Value, Clone, Copy)]
/// # #[value(key)]
/// # pub struct OrderId(Uuid);
/// # pub struct Shop;
/// # impl Store for Shop {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # #[derive(Resource)]
/// # #[view(OrderView, role = Role::Customer, fields(id, note))]
/// # #[view(OrderDesk, role = Role::Support, extends = OrderView)]
/// # pub struct Order { id: OrderId, customer: CallerId, note: String }
/// # #[object(owner = customer, read = Role::Support)]
/// # impl Object for Order {
/// #     async fn load(_: &Reader<Shop>, _: OrderId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// # }
/// #[derive(Input)]
/// struct OrderChange {
///     #[input(text, max_len = 500)]
///     note: Option<String>,
/// }
///
/// /// Changes an order.
/// #[patch("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderView,
///         timeout = Duration::from_secs(5))]
/// async fn change_order(
///     order: Authorized<Order>,
///     shop: Writer<Shop>,
///     Json(change): Json<OrderChange>,
/// ) -> Authorized<Order> {
///     # drop(shop);
///     order.map(|order| Order { note: change.note.unwrap_or(order.note), ..order })
/// }
/// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(change_order))]
/// # struct Orders;
/// # fn main() { drop(Orders::app()) }
/// ```
pub use secure_api_macros::patch;
/// A route that creates or performs: POST.
///
/// It answers with [`Created`](crate::route::Created), 201 and `Location`; [`Accepted`](crate::route::Accepted), 202;
/// [`NoContent`](crate::route::NoContent), 204; or [`Performed`](crate::route::Performed), 200; or with a `Result` of one. Its keys are those of every verb.
///
#[doc = include_str!("../keys/route.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// # use secure_api::prelude::*;
/// # #[derive(Role)]
/// # pub enum Role { Customer, #[role(includes(Customer))] Support }
/// # #[derive(Version)]
/// # pub enum Version { V1, V2 }
/// # #[derive(Value, Clone, Copy)]
/// # #[value(key)]
/// # pub struct OrderId(Uuid);
/// # pub struct Shop;
/// # impl Store for Shop {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # #[derive(Resource)]
/// # #[view(OrderView, role = Role::Customer, fields(id, note))]
/// # #[view(OrderDesk, role = Role::Support, extends = OrderView)]
/// # pub struct Order { id: OrderId, customer: CallerId, note: String }
/// # #[object(owner = customer, read = Role::Support)]
/// # impl Object for Order {
/// #     async fn load(_: &Reader<Shop>, _: OrderId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// # }
/// #[derive(Input)]
/// struct NewOrder {
///     #[input(text, max_len = 500)]
///     note: String,
/// }
///
/// /// Places an order.
/// #[post("/orders", version = Version::V1.., role = Role::Customer, view = OrderView,
///        limit = Limit::per_principal(30).per_minute(), idempotency_key, body_limit = 4 * KIB)]
/// async fn create_order(
///     caller: Caller<Role>,
///     shop: Writer<Shop>,
///     Json(new): Json<NewOrder>,
/// ) -> Result<Created<Authorized<Order>>, Denied> {
///     let id = OrderId::random();
///     let order = Order { id, customer: caller.id().clone(), note: new.note };
///     let order = Authorized::create(order, &caller)?;
///     // … is stored …
///     # drop(shop);
///     Ok(Created::at::<get_order>(id, order))
/// }
/// # /// Shows an order.
/// # #[get("/orders/{order}", version = Version::V1.., role = Role::Customer,
/// #       view(Role::Support => OrderDesk, _ => OrderView))]
/// # async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
/// #     order
/// # }
/// # impl OrderId { fn random() -> Self { Self(Uuid::from_u128(7)) } }
/// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(get_order, create_order))]
/// # struct Orders;
/// # fn main() { drop(Orders::app()) }
/// ```
pub use secure_api_macros::post;
/// A route that replaces: PUT. The same request twice has the effect of one.
///
/// It answers with the resource; [`Created`](crate::route::Created), 201; [`Accepted`](crate::route::Accepted), 202; or
/// [`NoContent`](crate::route::NoContent), 204; or with a `Result` of one. Its keys are those of every verb.
///
#[doc = include_str!("../keys/route.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// # use secure_api::prelude::*;
/// # #[derive(Role)]
/// # pub enum Role { Customer, #[role(includes(Customer))] Support }
/// # #[derive(Version)]
/// # pub enum Version { V1, V2 }
/// # #[derive(Value, Clone, Copy)]
/// # #[value(key)]
/// # pub struct OrderId(Uuid);
/// # pub struct Shop;
/// # impl Store for Shop {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # #[derive(Resource)]
/// # #[view(OrderView, role = Role::Customer, fields(id, note))]
/// # #[view(OrderDesk, role = Role::Support, extends = OrderView)]
/// # pub struct Order { id: OrderId, customer: CallerId, note: String }
/// # #[object(owner = customer, read = Role::Support)]
/// # impl Object for Order {
/// #     async fn load(_: &Reader<Shop>, _: OrderId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// # }
/// #[derive(Input)]
/// struct NewOrder {
///     #[input(text, max_len = 500)]
///     note: String,
/// }
///
/// /// Writes an order's note anew.
/// #[put("/orders/{order}", version = Version::V1.., role = Role::Customer, view = OrderView,
///       if_match = get_order)]
/// async fn put_order(
///     order: Authorized<Order>,
///     shop: Writer<Shop>,
///     Json(new): Json<NewOrder>,
/// ) -> Authorized<Order> {
///     # drop(shop);
///     order.map(|order| Order { note: new.note, ..order })
/// }
/// # /// Shows an order.
/// # #[get("/orders/{order}", version = Version::V1.., role = Role::Customer,
/// #       view(Role::Support => OrderDesk, _ => OrderView))]
/// # async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
/// #     order
/// # }
/// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(get_order, put_order))]
/// # struct Orders;
/// # fn main() { drop(Orders::app()) }
/// ```
pub use secure_api_macros::put;
