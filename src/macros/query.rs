//! The attribute of handlers that read by a body.

/// A route that reads by what its body asks for: QUERY (RFC 10008), for a question that is too long for a path, or that no log of
/// addresses is to keep. As of GET, its handler has no way to a writing half of a store.
///
/// It takes [`Json`](crate::input::Json) or [`Form`](crate::input::Form), and answers with a resource, an `Option` or a
/// [`Page`](crate::object::Page) of one, each with its proof where it is an object; or with a `Result` of one of these. Every answer
/// at its path says in `Accept-Query` in which media types it asks. Its keys are those of every verb.
///
#[doc = include_str!("../keys/route.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// # use secure_api::prelude::*;
/// # #[derive(Role)]
/// # pub enum Role { Customer }
/// # #[derive(Version)]
/// # pub enum Version { V1 }
/// # #[derive(Resource)]
/// # #[view(PartView, role = Role::Customer, fields(name))]
/// # pub struct Part { name: String }
/// #[derive(Input)]
/// struct Wanted {
///     #[input(items = 1..=100, unique, each(max_len = 40))]
///     names: Vec<String>,
/// }
///
/// /// Finds parts by their names.
/// #[query("/parts", version = Version::V1.., role = Role::Customer, view = PartView)]
/// async fn find_parts(Json(wanted): Json<Wanted>) -> Page<Part> {
///     Page::new(wanted.names.into_iter().map(|name| Part { name }).collect::<Vec<_>>())
/// }
/// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(find_parts))]
/// # struct Parts;
/// # fn main() { drop(Parts::app()) }
/// ```
pub use secure_api_macros::query;
