//! The audience of a view is decided where its fields are listed. With a parameter the type of a field is chosen
//! somewhere else, by somebody who has not read that list, and the view would show what nobody decided on. So a
//! resource with views is one type. A lifetime is a parameter too, so it owns what it shows. This holds at compile
//! time.
//!
//! Wrong: view/generic_envelope

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(FoundView, role = Role::Customer, fields(count, found as ProductCard))]
pub struct Found {
    count: u32,
    found: Vec<Product>,
}
