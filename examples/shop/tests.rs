//! The shop's own test: what its attributes promise is what whoever attacks it meets.

use secure_api::{
    api_key::ApiKeys,
    sign_in::SignIn,
    testing::{self, json},
};
use uuid::Uuid;

use crate::{
    Shop,
    api_key::ApiKeyTable,
    folder::{Failure, Folder},
    token,
    version::Version,
};

#[tokio::test]
async fn every_route_keeps_what_it_promises() -> Result<(), Failure> {
    let path = std::env::temp_dir().join(format!("shop-{}", Uuid::new_v4()));
    let folder = Folder::open(&path)?;
    let db = folder.db().await?;
    let keys = ApiKeys::new("shop", ApiKeyTable::of(&db));
    // The accounts are of the shop's own issuer, which the test stands in for.
    let app = Shop::app()
        .store(db)
        .api_keys(keys)
        .service(folder.mailer()?)
        .service(folder.pictures()?)
        .sign_in(SignIn::new(token::AUDIENCE).issuer("https://own.shop.example"))
        .tokens(testing::issuer_named(token::ISSUER))
        .preview(Version::V3);
    let items = json!([{ "sku": "TEA-GREEN", "qty": 2 }]);
    let verified = testing::verify(app)
        .body("create_order", json!({ "customer_email": "a@shop.example", "items": items }))
        .body("pay", json!({ "amount": 2580 }))
        .parameter("sku", "KETTLE-1L")
        .object("Account", "alice", "alice")
        .object("Account", "bob", "bob")
        .await;
    println!("{verified}");
    std::fs::remove_dir_all(path)?;
    Ok(())
}
