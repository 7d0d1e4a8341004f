//! A field of a view is a scalar, a value or a view of its own. A resource as it is would go out whole, with every
//! field that it has now or gets later; `Serialize` on it changes nothing. Secrets have no form that leaves. This
//! holds at compile time.
//!
//! Wrong: view/field_is_resource

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, product as ProductCard))]
pub struct Note {
    text: String,
    product: Product,
}
