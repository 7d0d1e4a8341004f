//! Text without a bound is as long as the body may be, and it ends up in a column, a log or a regular expression
//! that was made for a name. Unrestricted resource consumption is on the OWASP API list. So each text says how long
//! it may be, or has a pattern or a form that implies it. That the bound is there is checked at compile time; each
//! request is measured against it.
//!
//! Wrong: input/text_without_bound

use secure_api::prelude::*;

#[derive(Input)]
struct NewNote {
    #[input(text, max_len = 500)]
    note: String,
}
