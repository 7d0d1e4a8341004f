//! The products that are sold.

use secure_api::{
    prelude::*,
    sql::{Direction, Statement},
};
use sqlx::{FromRow, SqliteExecutor, SqlitePool};

use crate::{
    db::Change,
    money::{Money, Price},
    role::Role,
    version::Version,
};

/// The code of a product, as on its label.
#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(pattern = "^[A-Z0-9-]{3,32}$", unowned = "the catalogue is for everybody")]
pub struct Sku(String);

/// A product of the catalogue. Each value of its row has to be one again, whoever wrote into the file.
#[derive(Resource, FromRow)]
#[view(ProductCard, public, fields(sku, name, price, in_stock,
       /// The price under its older name.
       #[until(Version::V2)] price_cents = price))]
#[view(ProductPage, public, extends = ProductCard, fields(description))]
#[view(ProductBooks, role = Role::Admin, extends = ProductCard, fields(cost, margin, modified_by))]
pub struct Product {
    /// The code on its label.
    pub sku: Sku,
    /// The name.
    pub name: String,
    /// A few sentences.
    pub description: String,
    /// The price of one, in cents.
    pub price: Price,
    /// `true` if it can be ordered.
    pub in_stock: bool,
    /// The shop's cost of one, in cents.
    #[sensitive(Role::Admin)]
    pub cost: Price,
    /// The shop's margin on one, in cents.
    #[sensitive(Role::Admin)]
    pub margin: Money,
    /// The account that changed it last.
    #[sensitive(Role::Admin)]
    pub modified_by: String,
}

/// The filter of a list of products, and its order.
#[derive(Input)]
pub struct ProductQuery {
    /// The choice of products in stock, or of those that are not.
    pub in_stock: Option<bool>,
    /// The order, by SKU where none is given.
    pub sort: Option<ProductSort>,
}

/// The order of a list of products: by what everybody sees of them, since an order tells of what it sorts by.
#[derive(Value, Clone, Copy)]
pub enum ProductSort {
    /// The order of the codes on the labels.
    Sku,
    /// The order of names.
    Name,
    /// The cheapest first.
    Price,
    /// The dearest first.
    #[value(name = "-price")]
    DearestFirst,
}

impl ProductSort {
    /// Returns the column, and the direction.
    fn by(self) -> (&'static str, Direction) {
        match self {
            Self::Sku => ("sku", Direction::Ascending),
            Self::Name => ("name", Direction::Ascending),
            Self::Price => ("price", Direction::Ascending),
            Self::DearestFirst => ("price", Direction::Descending),
        }
    }
}

/// A new price.
#[derive(Input)]
pub struct NewPrice {
    /// The price of one from now on, in cents.
    pub price: Price,
}

/// A change of stock.
#[derive(Input)]
pub struct NewStock {
    /// `true` if the product can be ordered.
    pub in_stock: bool,
}

impl Product {
    /// Finds the product of this SKU; inside of a change too.
    pub async fn find(db: impl SqliteExecutor<'_>, sku: &Sku) -> Result<Option<Self>, StoreError> {
        let found = sqlx::query_as("SELECT *, price - cost AS margin FROM products WHERE sku = ?")
            .bind(sku)
            .fetch_optional(db);
        Ok(found.await?)
    }

    /// Lists a page of the catalogue. What is equal in its order is sorted by SKU.
    pub async fn list(
        db: &SqlitePool,
        query: &ProductQuery,
        paging: &Paging<Sku>,
    ) -> Result<Vec<Self>, StoreError> {
        let (column, direction) = query.sort.unwrap_or(ProductSort::Sku).by();
        let mut page = Statement::new("SELECT *, price - cost AS margin FROM products WHERE TRUE");
        if let Some(in_stock) = query.in_stock {
            page.push(" AND in_stock = ").bind(in_stock);
        }
        if let Some(last) = paging.position() {
            page.push(" AND (").push(column).push(", sku)").push(match direction {
                Direction::Ascending => " > ",
                Direction::Descending => " < ",
            });
            page.push("(SELECT ").push(column).push(", sku FROM products WHERE sku = ").bind(last);
            page.push(")");
        }
        page.order_by(column, direction).order_by("sku", direction);
        page.push(" LIMIT ").bind(paging.limit());
        Ok(page.build_query_as().fetch_all(db).await?)
    }

    /// Changes the price; gives the product as it is then.
    pub async fn set_price(
        change: &mut Change,
        sku: &Sku,
        price: Price,
        by: &str,
    ) -> Result<Option<Self>, StoreError> {
        let changed = sqlx::query_as(
            "UPDATE products SET price = ?, modified_by = ? WHERE sku = ?
             RETURNING *, price - cost AS margin",
        )
        .bind(price)
        .bind(by)
        .bind(sku)
        .fetch_optional(&mut **change);
        Ok(changed.await?)
    }

    /// Changes whether it is in stock; gives the product as it is then.
    pub async fn set_stock(
        change: &mut Change,
        sku: &Sku,
        in_stock: bool,
        by: &str,
    ) -> Result<Option<Self>, StoreError> {
        let changed = sqlx::query_as(
            "UPDATE products SET in_stock = ?, modified_by = ? WHERE sku = ?
             RETURNING *, price - cost AS margin",
        )
        .bind(in_stock)
        .bind(by)
        .bind(sku)
        .fetch_optional(&mut **change);
        Ok(changed.await?)
    }

    /// Returns the file that is the product's picture, if it has one.
    pub async fn picture(
        db: impl SqliteExecutor<'_>,
        sku: &Sku,
    ) -> Result<Option<SafeFileName>, StoreError> {
        let found = sqlx::query_scalar("SELECT picture FROM products WHERE sku = ?")
            .bind(sku)
            .fetch_optional(db);
        Ok(found.await?.flatten())
    }

    /// Says which file is the product's picture; gives the one before. `None` if there is no such product.
    pub async fn set_picture(
        change: &mut Change,
        sku: &Sku,
        picture: &SafeFileName,
        by: &str,
    ) -> Result<Option<Option<SafeFileName>>, StoreError> {
        let before = sqlx::query_scalar("SELECT picture FROM products WHERE sku = ?")
            .bind(sku)
            .fetch_optional(&mut **change)
            .await?;
        sqlx::query("UPDATE products SET picture = ?, modified_by = ? WHERE sku = ?")
            .bind(picture)
            .bind(by)
            .bind(sku)
            .execute(&mut **change)
            .await?;
        Ok(before)
    }
}
