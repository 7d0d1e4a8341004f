//! A view shows whatever the views inside of it show. A view for customers that holds a view for admins gives it to
//! customers, one level down, where a review does not look. So audiences are compared through every level. This
//! holds at compile time.
//!
//! Wrong: view/sensitive_through_nested

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Resource)]
#[view(NoteView, role = Role::Customer, fields(text, order as OrderDetail))]
pub struct Note {
    text: String,
    order: Authorized<Order>,
}
