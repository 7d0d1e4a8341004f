//! Declarative HTTP APIs on axum, checked by the compiler.

/// What the routes of a file share: their versions, who may call them, how often; and `routes(…)`, what the name of
/// the file's module stands for.
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
/// What the routes of a module share: `prefix`, `version`, `role` or `public`, and `limit`. The module's name stands
/// for all of its routes, those of modules with `#[routes]` in it, and what `routes(…)` names besides.
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
    ApiError, Input, Resource, Role, Value, Version, api, delete, get, patch, post, put,
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

/// What generated code names. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use secure_api_macros::beside;
    pub use secure_api_runtime::__private::*;
}
