//! A pattern is read when the macro runs, by the same engine that matches it later. So a pattern that cannot be
//! read is never found at start or by a request. The engine has no back-references and no look-around, so that no
//! text makes it slow. This holds at compile time.
//!
//! Wrong: input/bad_pattern

use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(pattern = "^[a-z]{3}$")]
    sku: String,
}
