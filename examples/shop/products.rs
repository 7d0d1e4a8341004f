//! The catalogue: anybody reads it, the warehouse and the admins keep it.

use secure_api::prelude::*;

use crate::{
    db::Db,
    error::ProductError,
    event::{self, Kind},
    limit::BROWSE,
    product::{
        NewPrice, NewStock, Product, ProductBooks, ProductCard, ProductPage, ProductQuery, Sku,
    },
    role::Role,
    version::Version,
};

/// Lists the catalogue, by SKU or in another order.
#[get("/products", version = Version::V1.., public = "the catalogue is for everybody",
      limit = BROWSE, outage = local(2), view = ProductCard)]
pub async fn list_products(
    Query(query): Query<ProductQuery>,
    paging: Paging<Sku>,
    db: Reader<Db>,
) -> Result<Page<Product>, StoreError> {
    let rows = Product::list(&db, &query, &paging).await?;
    Ok(Page::paged(&paging, rows, |last| last.sku.clone()))
}

/// Shows one product.
#[get("/products/{sku}", version = Version::V1.., public = "the catalogue is for everybody",
      limit = BROWSE, outage = local(2), view = ProductPage)]
pub async fn get_product(
    Unowned(sku): Unowned<Sku>,
    db: Reader<Db>,
) -> Result<Option<Product>, StoreError> {
    Product::find(&*db, &sku).await
}

/// Lists the catalogue with what the shop earns by each product.
#[get("/price-list", version = Version::V1.., role = Role::Admin, limit = BROWSE, view = ProductBooks)]
pub async fn price_list(
    Query(query): Query<ProductQuery>,
    paging: Paging<Sku>,
    db: Reader<Db>,
) -> Result<Page<Product>, StoreError> {
    let rows = Product::list(&db, &query, &paging).await?;
    Ok(Page::paged(&paging, rows, |last| last.sku.clone()))
}

/// Changes the price of a product. Orders that were placed keep theirs.
#[put("/products/{sku}/price", version = Version::V1.., role = Role::Admin, limit = BROWSE,
      view = ProductBooks)]
pub async fn set_price(
    Unowned(sku): Unowned<Sku>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Json(body): Json<NewPrice>,
) -> Result<Product, ProductError> {
    let mut change = db.begin().await?;
    let product = Product::set_price(&mut change, &sku, body.price, caller.subject()).await?;
    let product = product.ok_or(ProductError::NoProduct)?;
    event::record(&mut change, &clock, Some(caller.subject()), Kind::PriceChanged, &sku).await?;
    change.commit().await?;
    Ok(product)
}

/// Says whether a product can be ordered.
#[put("/products/{sku}/stock", version = Version::V1.., role = Role::Warehouse, by = [Bearer, ApiKey], limit = BROWSE,
      view = ProductPage)]
pub async fn set_stock(
    Unowned(sku): Unowned<Sku>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Json(body): Json<NewStock>,
) -> Result<Product, ProductError> {
    let mut change = db.begin().await?;
    let product = Product::set_stock(&mut change, &sku, body.in_stock, caller.subject()).await?;
    let product = product.ok_or(ProductError::NoProduct)?;
    event::record(&mut change, &clock, Some(caller.subject()), Kind::StockChanged, &sku).await?;
    change.commit().await?;
    Ok(product)
}
