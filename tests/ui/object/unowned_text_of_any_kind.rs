use secure_api::prelude::*;

#[derive(Value)]
#[value(unowned = "pages are for everybody")]
pub struct Page(SafePath);

fn main() {}
