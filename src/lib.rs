//! Declarative HTTP APIs on axum, checked by the compiler.
//!
//! An attribute on a handler states its version, verb and path, who may call it, how often, and which view of the data goes out.
//! What is missing or contradictory does not compile; what compiles is enforced, in one fixed order; what is enforced is
//! documented in OpenAPI, from the same facts.
//!
//! This page is a tour. Each attribute and derive has a page with all of its keys: [`get`], [`post`], [`put`], [`patch`],
//! [`delete`], [`api`], [`routes`], [`macro@defaults`], [`macro@object`]; [`Role`], [`Version`], [`Value`], [`Input`], [`Resource`],
//! [`ApiError`].
//!
//! # A first API
//!
//! It is a whole program. `cargo add secure-api tokio --features tokio/macros,tokio/rt-multi-thread` brings what it needs.
//!
//! ```no_run
//! use secure_api::prelude::*;
//!
//! #[derive(Role)]
//! enum Role {
//!     Member,
//! }
//!
//! #[derive(Version)]
//! enum Version {
//!     V1,
//! }
//!
//! #[derive(Value)]
//! #[value(text, max_len = 40, unowned = "a name is nobody's property")]
//! struct Name(String);
//!
//! #[derive(Resource)]
//! #[view(Hello, public, fields(text))]
//! struct Greeting {
//!     text: String,
//! }
//!
//! /// Greets whoever is named.
//! #[get("/hello/{name}", version = Version::V1.., public = "a greeting is for anybody", view = Hello)]
//! async fn hello(Unowned(name): Unowned<Name>) -> Greeting {
//!     Greeting { text: format!("Hello, {}!", name.as_str()) }
//! }
//!
//! /// Greetings.
//! #[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(hello))]
//! struct Greetings;
//!
//! #[tokio::main]
//! async fn main() -> Result<(), StartError> {
//!     Greetings::app().build()?.serve("127.0.0.1:8080").await
//! }
//! ```
//!
//! It answers `GET /v1/hello/you`, and shows its documentation at `/docs` in a debug build.
//!
//! # Roles and callers
//!
//! [`Role`] makes a hierarchy of an enum; a route names the lowest role that it admits. Who calls is proved by an access token of
//! an issuer that the app trusts; [`Caller`](token::Caller) is an argument of a handler.
//!
//! ```
//! use secure_api::prelude::*;
//!
//! #[derive(Role)]
//! enum Role {
//!     Customer,
//!     #[role(includes(Customer))]
//!     Support,
//! }
//!
//! fn trusted(secret: Vec<u8>) -> Issuer {
//!     // 32 random bytes or more, from the environment or a file.
//!     Issuer::new("https://login.example", "https://shop.example").key(Key::hs256(secret.into()))
//! }
//! # drop(trusted(vec![7; 32]));
//! ```
//!
//! # Objects: whose it is
//!
//! A handler does not take the id of an order. It takes [`Authorized<Order>`](object::Authorized): an order that was loaded and
//! permitted for this caller and this verb. What is not the caller's looks like what is not there, 404. [`macro@object`] writes
//! the ordinary rule.
//!
//! ```
//! # use secure_api::prelude::*;
//! # #[derive(Role)]
//! # enum Role { Customer, #[role(includes(Customer))] Support }
//! # #[derive(Version)]
//! # enum Version { V1 }
//! # struct Shop;
//! # impl Store for Shop {
//! #     type Read = Self; type Write = Self;
//! #     fn reader(&self) -> &Self { self }
//! #     fn writer(&self, _: &Writing) -> &Self { self }
//! # }
//! # impl Shop { async fn order(&self, _: OrderId) -> Result<Option<Order>, StoreError> { Ok(None) } }
//! #[derive(Value, Clone, Copy)]
//! #[value(key)]
//! struct OrderId(Uuid);
//!
//! #[derive(Resource)]
//! #[view(OrderView, role = Role::Customer, fields(id, note))]
//! #[view(OrderDesk, role = Role::Support, extends = OrderView, fields(customer))]
//! struct Order {
//!     id: OrderId,
//!     customer: CallerId,
//!     note: String,
//! }
//!
//! #[object(owner = customer, read = Role::Support)]
//! impl Object for Order {
//!     async fn load(
//!         shop: &Reader<Shop>,
//!         key: OrderId,
//!         _: &Loading<Role>,
//!     ) -> Result<Option<Self>, StoreError> {
//!         shop.order(key).await
//!     }
//! }
//!
//! /// Shows an order: more of it to support.
//! #[get("/orders/{order}", version = Version::V1.., role = Role::Customer,
//!       view(Role::Support => OrderDesk, _ => OrderView))]
//! async fn get_order(order: Authorized<Order>) -> Authorized<Order> {
//!     order
//! }
//! # #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(get_order))]
//! # struct Orders;
//! # fn main() { drop(Orders::app()) }
//! ```
//!
//! A list takes [`Scoped<Order>`](object::Scoped) and answers with a [`Page`](object::Page). A key in a body is a
//! [`Ref<Order>`](object::Ref), so that nobody names an object that the rule was not asked about. A `GET` has the half of a store
//! that reads, [`Reader`](object::Reader); [`Writer`](object::Writer) is for the verbs that change something.
//!
//! # Inputs: what comes in
//!
//! Every text, list and number has bounds, or does not compile. Types such as [`Email`](value::Email), [`Money`](value::Money) and
//! [`Timestamp`](value::Timestamp) bring their own. All mistakes of a body are told together, each with its place.
//!
//! ```
//! use secure_api::prelude::*;
//!
//! #[derive(Input)]
//! struct NewOrder {
//!     email: Email,
//!     #[input(text, max_len = 500)]
//!     note: Option<String>,
//!     #[input(items = 1..=50)]
//!     items: Vec<NewItem>,
//! }
//!
//! #[derive(Input)]
//! struct NewItem {
//!     #[input(pattern = "^[A-Z0-9-]{3,32}$")]
//!     sku: String,
//!     #[input(range = 1..=1000)]
//!     quantity: u32,
//! }
//! # fn main() {}
//! ```
//!
//! A handler takes it as [`Json`](input::Json), [`Form`](input::Form), [`Query`](input::Query), [`Patch`](input::Patch) or
//! [`Upload`](input::Upload).
//!
//! # Views: what goes out
//!
//! An entity never leaves: a view of it does, a list of fields for a role. A field that no view lists is hidden, so a column that
//! is added tomorrow is not published tomorrow. [`Resource`] has the language of views; the compiler refuses a view that is shown
//! to a role that it is not for.
//!
//! # Limits and flow
//!
//! A limit is a constant. `credential` marks a route that takes a password; `after` is an order of calls, and `idempotency_key`
//! makes a repeated request one.
//!
//! ```
//! use secure_api::prelude::*;
//!
//! const BROWSE: Limit = Limit::per_principal(600).per_minute();
//! const ORDER: Limit = Limit::per_principal(30).per_minute().burst(10);
//! const LOGIN: Limit = Limit::per_address(5).per_minute();
//! # assert_eq!((BROWSE.allowed(), ORDER.allowed(), LOGIN.allowed()), (600, 10, 5));
//! ```
//!
//! # Errors: what a refusal says
//!
//! Every refusal is a problem document (RFC 9457) with a constant title. The cause goes to the log, under the id of the request.
//!
//! ```
//! use secure_api::prelude::*;
//!
//! #[derive(Debug, ApiError)]
//! enum OrderError {
//!     #[problem(status = 409, title = "An item is sold out")]
//!     SoldOut,
//!     #[problem(transparent)]
//!     Store(StoreError),
//! }
//! # fn main() { drop(OrderError::SoldOut) }
//! ```
//!
//! # Versions: for how long
//!
//! [`Version`] makes versions of an enum, oldest first. A route names those that it is in as a range, `Version::V2..`; a field of
//! a view has `#[since(…)]` and `#[until(…)]`. Deprecation and sunset are dates that answers carry, and that are held.
//!
//! # Serving
//!
//! [`App::serve`](app::App::serve) opens the socket: with TLS by rustls, or in plaintext on loopback. Everything that the
//! configuration lacks is told at once, before it opens.
//!
//! ```no_run
//! # use secure_api::prelude::*;
//! # #[derive(Role)]
//! # enum Role { Customer }
//! # #[derive(Version)]
//! # enum Version { V1 }
//! # /// Is there.
//! # #[get("/health", version = Version::V1.., public = "a probe asks without a token", view = HealthView)]
//! # async fn health() -> Health { Health { up: true } }
//! # #[derive(Resource)]
//! # #[view(HealthView, public, fields(up))]
//! # struct Health { up: bool }
//! # #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(health))]
//! # struct Shop;
//! # async fn run(issuer: Issuer) -> Result<(), StartError> {
//! use secure_api::Tls;
//!
//! Shop::app()
//!     .tokens(issuer)
//!     .tls(Tls::from_files("certificate.pem", "key.pem"))
//!     .hosts(["shop.example"])
//!     .build()?
//!     .serve("0.0.0.0:443")
//!     .await
//! # }
//! # fn main() {}
//! ```
//!
//! [`App::router`](app::App::router) is an axum router instead, to mount anywhere.
//!
//! # Tests
//!
//! With the feature `testing`, [`testing::client`] sends requests through everything that they pass over a socket, without one;
//! callers are made up, and the clock is moved by hand.
//!
//! ```
//! # use secure_api::prelude::*;
//! # #[derive(Role)]
//! # enum Role { Customer }
//! # #[derive(Version)]
//! # enum Version { V1 }
//! # #[derive(Resource)]
//! # #[view(HealthView, public, fields(up))]
//! # struct Health { up: bool }
//! # /// Is there.
//! # #[get("/health", version = Version::V1.., role = Role::Customer, view = HealthView)]
//! # async fn health() -> Health { Health { up: true } }
//! # #[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(health))]
//! # struct Shop;
//! use secure_api::testing;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let shop = testing::client(Shop::app().tokens(testing::issuer())).expect("an app that starts");
//! shop.get("/v1/health").await.assert_status(401);
//! let alice = shop.as_caller(Role::Customer, "alice");
//! assert_eq!(alice.get("/v1/health").await.assert_status(200).json_pointer("/up"), true);
//! # }
//! ```
//!
//! # Documents and inventory
//!
//! Each version has an OpenAPI 3.1 document at `/openapi/v1.json`, made of the constants that are enforced. The [`inventory`] lists
//! every route with its callers, limits and views, and every exception with its reason.
//!
//! # Features of the crate
//!
//! | feature | default | meaning |
//! |---|---|---|
//! | `tls` | on | HTTPS by rustls; without it an app serves on loopback only |
//! | `docs-ui` | on | the documentation page at `/docs`, its assets inside of the binary |
//! | `html` | off | [`RichText`](value::RichText): HTML by an allow-list |
//! | `sqlx` | off | columns of a database, for values that have one text |
//! | `testing` | off | [`testing`], for `[dev-dependencies]` |
//!
//! # Where to read on
//!
//! - [`prelude`] is what an API is written with.
//! - [`error`], [`token`], [`object`](mod@object), [`input`], [`value`], [`view`], [`limit`], [`serve`] are the concerns, each with
//!   a page of the same name in the book, `book/src` of the repository; its page of all keys is `keys.md`.
//! - An error of the compiler has a code, as SA116; the book has a page for each, with the program put right.

pub use macros::{
    ApiError, Input, Resource, Role, Value, Version, api, defaults, delete, get, object, patch,
    post, put, routes,
};
#[cfg(feature = "tls")]
pub use secure_api_runtime::serve::Tls;
#[cfg(feature = "testing")]
pub use secure_api_runtime::testing;
pub use secure_api_runtime::{
    app, clock, docs, error, flow, input, inventory, limit, object, observe, role, route, serve,
    shape, token, value, verb, version, view,
};

mod macros;
pub mod prelude;

#[cfg(doctest)]
mod book;

/// The items that generated code names. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use secure_api_macros::beside;
    pub use secure_api_runtime::__private::*;
}
