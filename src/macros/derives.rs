//! The derives.

/// The failures of a handler: an enum, each of whose variants says what the caller is told. The cause goes to the log.
///
#[doc = include_str!("../keys/problem.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Debug, ApiError)]
/// enum OrderError {
///     /// The description in the documents.
///     #[problem(status = 409, title = "An item is sold out", type = "https://shop.example/problems/sold-out")]
///     SoldOut,
///     #[problem(status = 502, title = "The payment provider did not answer", source)]
///     Provider(std::io::Error),
///     #[problem(status = 503, title = "The warehouse is counting", retry_after = 30)]
///     Counting,
///     #[problem(internal)]
///     Broken(std::fmt::Error),
///     #[problem(transparent)]
///     Store(StoreError),
/// }
/// # fn main() {}
/// ```
pub use secure_api_macros::ApiError;
/// The type of a body, a form or a query: a struct with named fields, or an enum with a tag. Reading is strict: an unknown or
/// repeated member is refused, and all mistakes, up to 50, are told together, each with its place and its rule.
///
#[doc = include_str!("../keys/input.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// use std::collections::BTreeMap;
///
/// use secure_api::prelude::*;
///
/// # #[derive(Role)]
/// # enum Role { Customer, #[role(includes(Customer))] Support }
/// #[derive(Input)]
/// struct NewOrder {
///     email: Email,
///     #[input(text, max_len = 500)]
///     note: Option<String>,
///     #[input(items = 1..=50, unique, each(pattern = "^[A-Z0-9-]{3,32}$"))]
///     parts: Vec<String>,
///     #[input(items = 0..=8, keys(max_len = 20), each(max_len = 80))]
///     labels: BTreeMap<String, String>,
///     #[input(role = Role::Support, range = 0..=50)]
///     discount: Option<u8>,
///     payment: Payment,
/// }
///
/// #[derive(Input)]
/// #[input(tag = "method")]
/// enum Payment {
///     Invoice,
///     #[input(name = "gift_card")]
///     Voucher {
///         #[input(max_len = 40)]
///         code: String,
///     },
/// }
/// # fn main() {}
/// ```
pub use secure_api_macros::Input;
/// The views of an entity: of a struct with named fields, or of an enum whose variants carry data. A field that no view lists
/// never leaves.
///
#[doc = include_str!("../keys/resource.md")]
///
#[doc = include_str!("../keys/crate.md")]
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
/// The header fields of an answer that are its handler's own, for [`WithHeaders`](crate::route::WithHeaders): a struct with named
/// fields. Names that the framework sends, that a browser or a proxy acts by, or that are those of a secret do not compile.
///
#[doc = include_str!("../keys/header.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(ResponseHeaders)]
/// struct Counted {
///     /// The number of books on all pages.
///     #[header(name = "X-Total-Count")]
///     total: u64,
///     /// The shelf that they stand on.
///     #[header(max_len = 40)]
///     shelf: Option<String>,
/// }
/// # fn main() {}
/// ```
pub use secure_api_macros::ResponseHeaders;
/// The roles of an API and their hierarchy: an enum whose variants are the roles. A role that is unknown, or a circle, does
/// not compile. At run time all questions are one comparison of bits. It gets `name`, by which tokens, scopes and documents say it, and
/// `named`, which finds a role by that name.
///
#[doc = include_str!("../keys/role.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Role)]
/// enum Role {
///     /// Somebody who orders.
///     Customer,
///     #[role(includes(Customer))]
///     Support,
///     #[role(includes(Support), name = "shop-admin")]
///     Admin,
/// }
///
/// assert_eq!(Role::Admin.name(), "shop-admin");
/// assert!(matches!(Role::named("customer"), Some(Role::Customer)));
/// assert!(Role::named("Customer").is_none());
/// ```
pub use secure_api_macros::Role;
/// A single value with bounds of its own, for inputs, paths, queries and views: a newtype around a scalar, or an enum of
/// names. It gets `new`, which fails where a bound does not hold, `FromStr` and `Display`.
///
#[doc = include_str!("../keys/value.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Value)]
/// #[value(key)]
/// struct OrderId(Uuid);
///
/// #[derive(Value)]
/// #[value(pattern = "^[A-Z0-9-]{3,32}$", unowned = "a part is in everybody's catalogue")]
/// struct Sku(String);
///
/// #[derive(Value)]
/// #[value(range = 1..=1000)]
/// struct Quantity(u32);
///
/// #[derive(Value)]
/// enum Shipping {
///     Standard,
///     #[value(name = "next-day")]
///     Express,
/// }
/// # fn main() {
/// assert!("BOLT-8".parse::<Sku>().is_ok() && "bolt".parse::<Sku>().is_err());
/// assert!(Quantity::new(0).is_err());
/// assert_eq!(Shipping::Express.to_string(), "next-day");
/// # }
/// ```
pub use secure_api_macros::Value;
/// The versions of an API: an enum whose variants are the versions, oldest first. Each has documents of its own.
///
#[doc = include_str!("../keys/version.md")]
///
#[doc = include_str!("../keys/crate.md")]
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Version)]
/// enum Version {
///     #[version(deprecated = "2026-06-01", sunset = "2036-06-01", migrate = "https://shop.example/v2",
///               brownout("2036-05-06T10:00Z", "30m"))]
///     V1,
///     V2,
///     #[version(preview)]
///     V3,
/// }
/// ```
pub use secure_api_macros::Version;
/// A view of a resource, which [`Resource`](derive@crate::Resource) reads. The compiler asks this one where the derive is
/// missing, and says so.
///
/// ```compile_fail
/// # use secure_api::prelude::*;
/// #[view(GreetingView, public, fields(text))]
/// struct Greeting {
///     text: String,
/// }
/// # fn main() {}
/// ```
pub use secure_api_macros::view;
