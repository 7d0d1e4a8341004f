use secure_api::prelude::*;

#[derive(Input)]
#[input(untagged, ordered, reason = "the contract of the old client lists the number first")]
enum Size {
    Inches(#[input(range = 1..=99)] u8),
    Named(#[input(max_len = 5)] String),
}

fn main() {}
