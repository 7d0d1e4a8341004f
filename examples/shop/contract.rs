//! The contract: what the shop promises is what `api.lock` and `matrix.snap` say.

use secure_api::{prelude::Docs, testing};

use crate::Shop;

#[test]
fn the_contract_is_kept() {
    let docs = Docs::open("the shop is an example, and its documents are for its readers");
    testing::contract_in(Shop::app().docs(docs), "examples/shop");
}
