//! The attributes of an API, of its modules and of its objects.

/// An API: a struct without fields, under whose name its routes stand. It gets `API`, the constant with all that is declared,
/// and `app()`, from which the app is built.
///
/// Its doc comment is the description in the documents. What only all routes together can tell is checked here.
///
#[doc = include_str!("../keys/api.md")]
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
/// # /// Shows an order.
/// # #[get("/orders/{order}", version = Version::V1.., role = Role::Customer,
/// #       view(Role::Support => OrderDesk, _ => OrderView))]
/// # async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
/// #     order
/// # }
/// /// Orders of a shop.
/// #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
///       routes(get_order), allow(unused_version, reason = "the second version is being prepared"))]
/// struct Orders;
/// # fn main() { drop(Orders::app()) }
/// ```
pub use secure_api_macros::api;
/// The keys that the routes of a file share: their versions, callers and limits; and `routes(…)`, the routes that the
/// name of the file's module stands for.
///
/// It stands at the top of the file, and holds for the routes that leave something out. It takes no prefix, since nothing
/// tells the handlers of a file about it.
///
#[doc = include_str!("../keys/defaults.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```standalone_crate
/// # use secure_api::prelude::*;
/// # #[derive(Role)]
/// # pub enum Role { Reader }
/// # #[derive(Version)]
/// # pub enum Version { V1 }
/// # const OFTEN: Limit = Limit::per_principal(600).per_minute();
/// mod notes {
///     use secure_api::prelude::*;
///     # use crate::{Role, Version};
///
///     secure_api::defaults! { version = Version::V1.., role = Role::Reader, routes(clear) }
///
///     #[delete("/notes")]
///     async fn clear() -> NoContent {
///         NoContent
///     }
/// }
///
/// #[api(roles = Role, versions = Version, limit = OFTEN, routes(notes))]
/// struct Notes;
/// # fn main() { assert_eq!(Notes::API.routes().count(), 1) }
/// ```
pub use secure_api_macros::defaults;
/// The parts of an [`Object`](crate::object::Object) that follow from its owner and from roles, on `impl Object for T`: the block
/// has `load`, and what else is not ordinary.
///
#[doc = include_str!("../keys/object.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// Where the block has no `permits`, it is: the owner may do everything, each role what its key names, and nobody else
/// anything. Where it has no `scope` either, what a caller may list follows, as `type Scope`:
///
/// | stated | `Scope` | meaning |
/// |---|---|---|
/// | `owner` | [`Owned`](crate::object::Owned) | the caller's own rows; all rows for the roles of `read`, where it is stated |
/// | neither `owner` nor `tenant` | `()` | nothing to filter by: a role reads all rows or none |
///
/// In any other case `scope` has to be written; its `type Scope` is what it returns. Whatever the block has is taken as it
/// is. A fact that stands both here and in the block is an error.
///
/// ```
/// # use secure_api::prelude::*;
/// # #[derive(Role)] enum Role { Customer, #[role(includes(Customer))] Support }
/// # #[derive(Value)] #[value(key)] struct OrderId(uuid::Uuid);
/// # struct Shop;
/// # impl Store for Shop {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # impl Shop { async fn order(&self, _: OrderId) -> Result<Option<Order>, StoreError> { Ok(None) } }
/// struct Order {
///     customer: CallerId,
/// }
///
/// #[object(key = OrderId, store = Shop, roles = Role, owner = customer,
///          read = Role::Support, create = Role::Support)]
/// impl Object for Order {
///     async fn load(
///         shop: &Reader<Shop>,
///         key: OrderId,
///         _: &Loading<Role>,
///     ) -> Result<Option<Self>, StoreError> {
///         shop.order(key).await
///     }
/// }
/// # fn main() { assert!(Order::OWNER.is_some() && Order::TENANT.is_none()) }
/// ```
pub use secure_api_macros::object;
/// A question that nobody has answered: an error at its place, where a type or a number has to stand. `secure-api import` writes it
/// where an OpenAPI document does not say how large something may be.
///
/// ```compile_fail
/// use secure_api::prelude::*;
///
/// type Name = PlainText<{ secure_api::question!("how many characters has a name?") }>;
/// ```
pub use secure_api_macros::question;
/// The keys that the routes of a module share. The module's name stands for all of its routes, those of modules with
/// `#[routes]` in it, and what `routes(…)` names besides. A key that a route leaves out is that of the innermost module
/// that states it.
///
#[doc = include_str!("../keys/routes.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// # use secure_api::prelude::*;
/// # #[derive(Role)]
/// # pub enum Role { Reader }
/// # #[derive(Version)]
/// # pub enum Version { V1 }
/// # const OFTEN: Limit = Limit::per_principal(600).per_minute();
/// #[routes(prefix = "/notes", version = Version::V1.., role = Role::Reader)]
/// mod notes {
///     use super::*;
///
///     #[delete("/")]
///     async fn clear() -> NoContent {
///         NoContent
///     }
/// }
///
/// #[api(roles = Role, versions = Version, limit = OFTEN, routes(notes))]
/// struct Notes;
/// # fn main() { assert_eq!(Notes::API.routes().next().map(|route| route.path), Some("/notes")) }
/// ```
pub use secure_api_macros::routes;
