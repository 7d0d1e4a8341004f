//! Declarative HTTP APIs on axum, checked by the compiler.

/// The views of an entity: of a struct with named fields, or of an enum whose variants carry data.
///
/// Above it, each `#[view(Name, …)]` makes a type that names a view:
///
/// | key | value | rule |
/// |---|---|---|
/// | `role` | a role, or `[A, B]` for any of several | this or `public`, required |
/// | `public` | flag | anybody may see it |
/// | `extends` | a view of the same type | its fields come first; its audience includes this one's |
/// | `fields` | fields of a struct | required, unless the view extends another |
/// | `variants` | of an enum, `Card { last4 }`, `Cash` | the same; all variants are named |
///
/// A field is listed as `name`, `other_name = name`, `name = Type::function`, each with `as ItemView` after it where
/// it is a resource itself. Before it stand `#[since(…)]` and `#[until(…)]` with a version, `#[max_items(…)]` with how
/// many entries a list or map has at most (10 000 unless said; more are answered by 500), `#[cfg(…)]`, and a doc comment
/// for the document.
///
/// On a field, `#[sensitive(Role::…)]` is the lowest role whose views may list it. Above an enum,
/// `#[resource(tag = "…")]` names the member that says which variant it is, and on a variant
/// `#[resource(name = "…")]` is what it says; in kebab-case unless said. `#[resource(transparent)]` above a struct of one
/// field shows it as what it holds.
///
/// ```
/// # use secure_api::prelude::*;
/// # #[derive(Role)]
/// # pub enum Role { Customer, #[role(includes(Customer))] Clerk }
/// /// What became of an order.
/// #[derive(Resource)]
/// #[resource(tag = "state")]
/// #[view(StateView, role = Role::Customer, variants(Open, Sent { parcel }))]
/// #[view(StateDesk, role = Role::Clerk, extends = StateView, variants(Sent { cost }))]
/// enum State {
///     Open,
///     Sent {
///         parcel: String,
///         #[sensitive(Role::Clerk)]
///         cost: u32,
///     },
/// }
///
/// #[derive(Resource)]
/// #[view(OrderView, role = Role::Customer, fields(id, #[max_items(100)] states as StateView))]
/// struct Order {
///     id: u32,
///     states: Vec<State>,
/// }
/// # fn main() {
/// let fields = <OrderView as secure_api::view::View>::INFO.names.iter().map(|field| field.name);
/// assert_eq!(fields.collect::<Vec<_>>(), ["id", "states"]);
/// # }
/// ```
pub use secure_api_macros::Resource;
/// The keys that the routes of a file share: their versions, callers and limits; and `routes(…)`, the routes that the
/// name of the file's module stands for.
///
/// It stands at the top of the file, and holds for the routes that leave something out.
///
/// ```
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
/// The parts of an [`Object`](object::Object) that follow from its owner and from roles, on `impl Object for T`: the block
/// has `load`, and what else is not ordinary.
///
/// | key | value | what it fills in |
/// |---|---|---|
/// | `key` | a type | `type Key`; unless stated, what `load` takes |
/// | `store` | a type | `type Store`; unless stated, what `load` reads: `&Reader<Db>` |
/// | `roles` | a type | `type Roles`; unless stated, that of `load`'s `&Loading<Role>` |
/// | `owner` | a field, a `CallerId` or an `Option` of one | `const OWNER` |
/// | `tenant` | a field, a text | `const TENANT` |
/// | `read`, `create`, `update`, `delete` | a role, or `[A, B]` for any of several | in `permits`, who may beside the owner |
///
/// Where the block has no `permits`, it is: the owner may do everything, each role what its key names, and nobody else
/// anything. Where it has no `scope` either, what a caller may list follows, as `type Scope`:
///
/// | stated | `Scope` | meaning |
/// |---|---|---|
/// | `owner` | [`CallerId`](token::CallerId) | the caller's own rows |
/// | `owner` and `read` | [`Owned`](object::Owned) | all rows for the roles of `read`, the caller's own for others |
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
/// The keys that the routes of a module share: `prefix`, `version`, `role` or `public`, and `limit`. The module's name
/// stands for all of its routes, those of modules with `#[routes]` in it, and what `routes(…)` names besides.
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
pub use secure_api_macros::{
    ApiError, Input, Role, Value, Version, api, delete, get, patch, post, put,
};
#[cfg(feature = "tls")]
pub use secure_api_runtime::serve::Tls;
#[cfg(feature = "testing")]
pub use secure_api_runtime::testing;
pub use secure_api_runtime::{
    app, clock, docs, error, flow, input, inventory, limit, object, observe, role, route, serve,
    shape, token, value, verb, version, view,
};

pub mod prelude;

#[cfg(doctest)]
mod book;

/// The items that generated code names. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use secure_api_macros::beside;
    pub use secure_api_runtime::__private::*;
}
