//! A circle of types nests as deep as its sender likes, up to the end of any body. Each level costs what the handler does with
//! it, and what recurses over it costs the stack. So the field that closes the circle says how many levels there may be; deeper
//! is refused at its place, and the document tells the number. A circle through a type of another file is told where a route takes it.
//!
//! Wrong: input/circle_without_depth

use secure_api::prelude::*;

#[derive(Input)]
struct NewComment {
    #[input(max_len = 500)]
    text: String,
    #[input(items = 0..=20, depth = 5)]
    answers: Vec<NewComment>,
}
