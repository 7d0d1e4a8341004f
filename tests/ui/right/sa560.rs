//! A pattern is enforced here and shown in documents, where clients read it by ECMA-262. So both have one text: `\d`, `\w`
//! and `\s` are those of ASCII and written out, as `[0-9]`, and `(?i)` becomes both cases. What has no form that means the
//! same to both, as a word boundary, a flag for lines or a class made of others, is refused. This holds at compile time.
//!
//! Wrong: input/pattern_with_a_word_boundary

use secure_api::prelude::*;

#[derive(Input)]
struct NewTag {
    #[input(pattern = r"^tea-\w{1,20}$")]
    tag: String,
}
