//! The attributes and derives, each with all of its keys. Their tables are in `keys/`, from which the book has them too.

mod api;
mod derives;
mod verbs;

pub use api::{api, defaults, object, routes};
pub use derives::{ApiError, Input, Resource, ResponseHeaders, Role, Value, Version, view};
pub use verbs::{delete, get, patch, post, put};
