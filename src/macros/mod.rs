//! The attributes and derives, each with all of its keys. Their tables are in `keys/`, from which the book has them too.

mod api;
mod derives;
mod query;
mod verbs;

pub use api::{api, defaults, object, question, routes};
pub use derives::{ApiError, Input, Resource, ResponseHeaders, Role, Value, Version, view};
pub use query::query;
pub use verbs::{delete, get, patch, post, put};
