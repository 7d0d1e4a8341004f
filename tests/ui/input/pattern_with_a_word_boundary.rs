use secure_api::prelude::*;

#[derive(Input)]
struct NewTag {
    #[input(pattern = r"^tea\b.{1,20}$")]
    tag: String,
}

fn main() {}
