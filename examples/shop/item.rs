//! A line of an order. It keeps the name and price that the product had when the order was placed.

use secure_api::prelude::*;
use sqlx::FromRow;

use crate::{
    db::{Change, Db},
    money::Price,
    order::OrderId,
    product::{Product, Sku},
    role::Role,
};

/// A line of an order.
#[derive(Resource, FromRow)]
#[view(ItemView, role = Role::Customer, fields(sku, name, qty, price))]
pub struct Item {
    /// The product.
    pub sku: Sku,
    /// The name of the product, as it was then.
    pub name: String,
    /// The number of pieces.
    pub qty: u32,
    /// The price of one, in cents.
    pub price: Price,
    /// The shop's cost of one, in cents.
    #[sensitive(Role::Admin)]
    pub cost: Price,
}

/// A line of an order to be placed.
#[derive(Input)]
pub struct NewItem {
    /// The product.
    pub sku: Sku,
    /// The number of pieces.
    #[input(range = 1..=1000)]
    pub qty: u32,
}

impl Item {
    /// Creates the line of so many of a product, at its price of today.
    pub fn of(product: Product, qty: u32) -> Self {
        Self { sku: product.sku, name: product.name, qty, price: product.price, cost: product.cost }
    }

    /// Returns the total of the line, in cents.
    pub fn total(&self) -> i64 {
        i64::from(self.qty) * self.price.get()
    }

    /// Returns the shop's margin on the line, in cents.
    pub fn margin(&self) -> i64 {
        i64::from(self.qty) * (self.price.get() - self.cost.get())
    }

    /// Lists the lines of an order.
    pub async fn of_order(db: &Reader<Db>, order: OrderId) -> Result<Vec<Self>, StoreError> {
        let lines =
            sqlx::query_as("SELECT * FROM order_items WHERE order_id = ? ORDER BY position")
                .bind(order.to_string())
                .fetch_all(&**db);
        Ok(lines.await?)
    }

    /// Stores the line of a new order.
    pub async fn insert(
        &self,
        change: &mut Change,
        order: OrderId,
        position: u32,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO order_items (order_id, position, sku, name, qty, price, cost)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(order.to_string())
        .bind(position)
        .bind(&self.sku)
        .bind(&self.name)
        .bind(self.qty)
        .bind(self.price)
        .bind(self.cost)
        .execute(&mut **change)
        .await?;
        Ok(())
    }
}
