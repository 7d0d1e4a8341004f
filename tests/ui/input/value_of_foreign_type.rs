use secure_api::prelude::*;

struct Grams(u32);

#[derive(Value)]
struct Weight(Grams);

fn main() {
    let _ = |grams: Grams| grams.0;
}
