use secure_api::prelude::*;

#[derive(Input)]
struct Wrapped<T> {
    inner: T,
}

fn main() {
    let _ = |wrapped: Wrapped<u8>| wrapped.inner;
}
