//! The shop's own test: what its attributes promise is what whoever attacks it meets.

use std::path::{Path, PathBuf};

use secure_api::{
    api_key::ApiKeys,
    app::AppBuilder,
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

/// Returns the shop in a new folder.
async fn shop(path: &Path) -> Result<AppBuilder, Failure> {
    let folder = Folder::open(path)?;
    let db = folder.db().await?;
    let keys = ApiKeys::new("shop", ApiKeyTable::of(&db));
    // The accounts are of the shop's own issuer, which the test stands in for.
    Ok(Shop::app()
        .store(db)
        .api_keys(keys)
        .service(folder.mailer()?)
        .service(folder.pictures()?)
        .sign_in(SignIn::new(token::AUDIENCE).issuer("https://own.shop.example"))
        .tokens(testing::issuer_named(token::ISSUER))
        .preview(Version::V3))
}

/// Returns the path of a folder that is not there yet.
fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("shop-{}", Uuid::new_v4()))
}

// SQLite ends the transaction by itself then, and whoever counts transactions has one too many.
#[tokio::test]
async fn a_database_that_was_full_takes_changes_as_soon_as_there_is_room() -> Result<(), Failure> {
    let path = folder();
    let db = Folder::open(&path)?.db().await?;
    let (_, write) = db.halves();
    // The bound is that of one connection, and there is one that writes.
    sqlx::query("PRAGMA max_page_count = 1").execute(&write).await?;
    let mut change = write.begin_with("BEGIN IMMEDIATE").await?;
    let fill =
        "INSERT INTO events (at, kind, target) VALUES (0, 'order-placed', hex(zeroblob(100000)))";
    let full = sqlx::query(fill).execute(&mut *change).await.expect_err("there is no room");
    assert!(full.to_string().contains("full"), "{full}");
    drop(change);
    sqlx::query("PRAGMA max_page_count = 1000000").execute(&write).await?;
    let mut change = write.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(fill).execute(&mut *change).await?;
    change.commit().await?;
    std::fs::remove_dir_all(path)?;
    Ok(())
}

#[tokio::test]
async fn the_catalogue_is_sorted_page_by_page() -> Result<(), Failure> {
    let path = folder();
    let shop = testing::client(shop(&path).await?)?;
    for (sort, order) in [
        ("", ["KETTLE-1L", "MUG-BLUE", "TEA-BLACK", "TEA-GREEN", "TEAPOT-RED"]),
        ("?sort=sku", ["KETTLE-1L", "MUG-BLUE", "TEA-BLACK", "TEA-GREEN", "TEAPOT-RED"]),
        ("?sort=name", ["TEA-BLACK", "MUG-BLUE", "TEA-GREEN", "KETTLE-1L", "TEAPOT-RED"]),
        ("?sort=price", ["TEA-BLACK", "TEA-GREEN", "MUG-BLUE", "KETTLE-1L", "TEAPOT-RED"]),
        ("?sort=-price", ["TEAPOT-RED", "KETTLE-1L", "MUG-BLUE", "TEA-GREEN", "TEA-BLACK"]),
    ] {
        let list = format!("/v2/products{sort}");
        let (mut listed, mut next) = (Vec::new(), None);
        loop {
            let page = shop.get(&list).query("size", 2);
            let page = match next {
                Some(cursor) => page.query("cursor", cursor).await,
                None => page.await,
            };
            let page: serde_json::Value = page.assert_status(200).json();
            let items = page["items"].as_array().into_iter().flatten();
            listed.extend(items.filter_map(|item| item["sku"].as_str().map(str::to_owned)));
            next = page["next"].as_str().map(str::to_owned);
            if next.is_none() {
                break;
            }
        }
        assert_eq!(listed, order, "{sort}");
    }
    for sort in ["price;drop table products", "price desc", "cost", "margin", "Price", ""] {
        let refused = shop.get("/v2/products").query("sort", sort).await;
        refused.assert_status(400);
        assert_eq!(refused.problem().rule_at("sort"), "choice", "{sort}");
    }
    std::fs::remove_dir_all(path)?;
    Ok(())
}

#[tokio::test]
async fn every_route_keeps_what_it_promises() -> Result<(), Failure> {
    let path = folder();
    let app = shop(&path).await?;
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
