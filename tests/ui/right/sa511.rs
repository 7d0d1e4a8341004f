//! A pattern is compiled into a machine, and repetitions of a large class make it huge: memory that is spent at
//! start, for each process. A length is better stated as a length. This holds at compile time.
//!
//! Wrong: input/large_pattern

use secure_api::prelude::*;

#[derive(Input)]
struct NewItem {
    #[input(pattern = r"^\w+$", max_len = 5000)]
    name: String,
}
