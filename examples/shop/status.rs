//! The status of the shop, for a monitor.

use secure_api::prelude::*;

use crate::{db::Db, limit::STATUS, version::Version};

/// The status that a monitor is told.
#[derive(Resource)]
#[view(StatusView, public, fields(database))]
pub struct ShopStatus {
    /// `true` if the database answers.
    pub database: bool,
}

/// Says whether the database answers.
#[get("/status", version = Version::V2.., public = "a monitor has no token", limit = STATUS, view = StatusView)]
pub async fn get_status(db: Reader<Db>) -> ShopStatus {
    // A table that orders are made of: a database without its tables answers a question about none.
    let asked = sqlx::query("SELECT EXISTS (SELECT 1 FROM products)").execute(&*db).await;
    ShopStatus { database: asked.is_ok() }
}
