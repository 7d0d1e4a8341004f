//! A parameter inside of a segment, as in `/pictures/{name}.json`, has letters beside it, and a key of another path may have the same ones:
//! `cat.json` would be one picture, or another one as JSON, by an order that nobody sees. So no path may be one of two routes: either the
//! keys have none of these letters, by their `pattern` or their type, or the paths differ elsewhere. A fixed word is told from a key as it is
//! everywhere. This holds at compile time.
//!
//! Wrong: route/paths_that_meet_in_a_segment

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone)]
#[value(max_len = 20, pattern = "^[a-z]+$", unowned = "everybody has the same pictures")]
pub struct Name(String);

#[get("/pictures/{name}", version = Version::V1.., role = Role::Customer, view = ProductCard)]
async fn picture(_name: Unowned<Name>) -> Page<Product> {
    todo!()
}

#[get("/pictures/{name}.json", version = Version::V1.., role = Role::Customer, view = ProductCard,
      allow(path, reason = "the old clients have this address"))]
async fn picture_as_json(_name: Unowned<Name>) -> Page<Product> {
    todo!()
}
