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
