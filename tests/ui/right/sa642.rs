//! An input is read, and a resource written, without serde and without other libraries of rules. Their attributes
//! would be passed over, and whoever wrote `skip` would see the field leave. So each is refused, with or without
//! the derive of that library, and the help names the key that says the same. This holds at compile time.
//!
//! Wrong: input/serde_renames

use secure_api::prelude::*;

#[derive(Input)]
pub struct NewCustomer {
    #[input(max_len = 80, name = "firstName")]
    pub first_name: String,
}
