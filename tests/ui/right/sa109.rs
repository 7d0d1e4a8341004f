//! Roles arrive in a token's claim, and many issuers write them into one text with spaces between. A name with a
//! space would be read as two roles there, and a quote or a backslash would change with the encoding. A name of
//! visible ASCII is the same everywhere. This holds at compile time.
//!
//! Wrong: role/name_with_space

use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    #[role(name = "big-boss")]
    Customer,
}
